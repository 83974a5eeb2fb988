package io.perennial.customers.imports;

import io.perennial.customers.ImportRefused;
import io.perennial.uikit.Texts;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes read, for the progress bar, and refuses more than a file may have. */
class CountingInput extends FilterInputStream {

    static final long MAX_BYTES = 2L << 30;

    private volatile long count; // written by the reading thread alone

    CountingInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        add(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        add(Math.max(n, 0));
        return n;
    }

    long count() {
        return count;
    }

    private void add(int n) {
        long now = count + n;
        count = now;
        if (now > MAX_BYTES) {
            throw new ImportRefused(Texts.t("customers.refused.too_big"));
        }
    }
}
