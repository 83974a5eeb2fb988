package io.perennial.customers.imports;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.perennial.customers.ImportRefused;
import io.perennial.uikit.Texts;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows with a separator and quotes (RFC 4180, read leniently). */
class SeparatedRows implements RowReader {

    /** A single cell may take this much memory before the file is refused: most likely its quote is never closed. */
    private static final int MAX_BUFFER = 16 << 20;

    private final CsvReader<RawRow> reader;
    private final CloseableIterator<RawRow> rows;
    private long line;

    SeparatedRows(Reader text, char separator) {
        reader = CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(true)
                .maxBufferSize(MAX_BUFFER)
                .build(new Handler(), text);
        rows = reader.iterator();
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            RawRow row = rows.next();
            line = row.line();
            return row;
        } catch (CsvParseException e) {
            throw new ImportRefused(Texts.t("customers.refused.unclosed_quote", line + 1));
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Keeps the first columns only and never a long cell, so a monstrous line costs a bounded amount of memory. */
    private static class Handler extends AbstractBaseCsvCallbackHandler<RawRow> {

        private List<String> cells = new ArrayList<>();
        private @Nullable Problem problem;

        @Override
        protected void handleBegin(long startingLineNumber) {
            cells = new ArrayList<>();
            problem = null;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (index >= MAX_COLUMNS) {
                return;
            }
            if (length > MAX_CELL) {
                problem = Problem.of(null, "cell_too_long", index + 1, length, MAX_CELL);
                cells.add(new String(buffer, offset, 200) + "…");
            } else {
                cells.add(new String(buffer, offset, length));
            }
        }

        @Override
        protected RawRow buildRecord() {
            return new RawRow(getStartingLineNumber(), cells.toArray(String[]::new), getFieldCount(), problem);
        }
    }
}
