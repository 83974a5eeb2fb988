package io.perennial.customers.imports;

import io.perennial.customers.CsvFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other; never the whole file in memory. */
public interface RowReader extends Closeable {

    /** Columns beyond this are not read. */
    int MAX_COLUMNS = 200;

    /** A cell longer than this rejects its row. */
    int MAX_CELL = 100_000;

    /** The next row, or nothing at the end. Empty lines are passed over. */
    @Nullable
    RawRow next() throws IOException;

    /** How many bytes of the file were read so far, for the progress bar. */
    long position();

    /** Opens a file's rows; a byte order mark is passed over and decides the encoding. */
    static RowReader open(InputStream in, CsvFormat format) throws IOException {
        CountingInput counting = new CountingInput(in);
        return open(counting, format, counting::count);
    }

    /** Opens text that is unpacked on the way, so that its own length tells nothing about the file's. */
    static RowReader open(InputStream in, CsvFormat format, LongSupplier position) throws IOException {
        Reader text = Encodings.reader(in, format.charset());
        return format.separator() == CsvFormat.Separator.WHITESPACE
                ? new WhitespaceRows(text, position)
                : new SeparatedRows(text, format.separator().sign(), position, MAX_COLUMNS);
    }

    /**
     * Opens rows that this application wrote itself, with columns of its own before those of a file.
     *
     * @param own how many
     */
    static RowReader open(InputStream in, CsvFormat format, int own) throws IOException {
        CountingInput counting = new CountingInput(in);
        return new SeparatedRows(
                Encodings.reader(counting, format.charset()),
                format.separator().sign(),
                counting::count,
                MAX_COLUMNS + own);
    }
}
