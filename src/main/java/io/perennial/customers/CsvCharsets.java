package io.perennial.customers;

import io.perennial.customers.imports.Encodings;
import java.nio.charset.Charset;
import java.util.List;

/** The encodings a file can be read in. */
public final class CsvCharsets {

    private CsvCharsets() {}

    public static List<Charset> choices() {
        return Encodings.CHOICES;
    }
}
