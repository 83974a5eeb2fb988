package io.perennial.customers.imports;

import io.perennial.customers.CsvFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens files. */
final class ImportInput {

    private ImportInput() {}

    static RowReader open(Path file, CsvFormat format) throws IOException {
        return RowReader.open(new BufferedInputStream(Files.newInputStream(file), 1 << 16), format);
    }
}
