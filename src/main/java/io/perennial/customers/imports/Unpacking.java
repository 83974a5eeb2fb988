package io.perennial.customers.imports;

import io.perennial.customers.ImportRefused;
import io.perennial.uikit.Texts;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import java.util.zip.ZipException;

/**
 * Counts what comes out of a packed file and refuses a bomb: a small file that unpacks to more than anybody's customers.
 * What is damaged is refused in words.
 */
class Unpacking extends FilterInputStream {

    /** Text of customers packs to a tenth or a twentieth; only what repeats itself endlessly packs better than this. */
    private static final int MOST_TIMES = 250;

    /** Below this much the ratio is nobody's business: a sheet of blank rows is no attack. */
    private static final long HARMLESS = 64L << 20;

    private final LongSupplier packed;
    private final long most;
    private volatile long count; // written by the reading thread alone

    /**
     * @param packed how many bytes of the file went into it so far, or at most
     * @param most the largest size it may unpack to
     */
    Unpacking(InputStream in, LongSupplier packed, long most) {
        super(in);
        this.packed = packed;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n;
        try {
            n = super.read(bytes, offset, length);
        } catch (ZipException | EOFException e) {
            throw new ImportRefused(Texts.t("customers.refused.damaged"));
        }
        if (n > 0) {
            long soFar = count + n;
            count = soFar;
            if (soFar > most || (soFar > HARMLESS && soFar / MOST_TIMES > packed.getAsLong())) {
                throw new ImportRefused(Texts.t("customers.refused.bomb"));
            }
        }
        return n;
    }

    /** How many bytes came out. */
    long count() {
        return count;
    }
}
