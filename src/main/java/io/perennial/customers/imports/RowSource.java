package io.perennial.customers.imports;

import io.perennial.customers.CsvFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Where an import's rows come from. */
@FunctionalInterface
public interface RowSource {

    /** Opens the rows from their beginning. */
    RowReader open() throws IOException;

    /** A file of any kind that is understood. */
    static RowSource of(Path file, CsvFormat format) {
        return () -> ImportInput.open(file, format);
    }

    /** Text that is read once; closed afterwards. */
    static RowSource of(InputStream in, CsvFormat format) {
        return () -> RowReader.open(in, format);
    }
}
