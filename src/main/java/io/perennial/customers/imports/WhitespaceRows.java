package io.perennial.customers.imports;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Rows whose cells are separated by runs of spaces and tabs, as in fixed-width files. */
class WhitespaceRows implements RowReader {

    private final CharSource text;
    private final LongSupplier position;
    private long line;

    WhitespaceRows(Reader text, LongSupplier position) {
        this.text = new CharSource(text);
        this.position = position;
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        while (true) {
            int c = text.read();
            if (c < 0) {
                return null;
            }
            line++;
            RawRow row = row(c);
            if (row.width() > 0) {
                return row;
            }
        }
    }

    private RawRow row(int first) throws IOException {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        int length = 0;
        int width = 0;
        Problem problem = null;
        for (int c = first; ; c = text.read()) {
            if (c == '\r' && text.peek() == '\n') {
                c = text.read();
            }
            boolean end = c < 0 || c == '\n' || c == '\r';
            if (!end && c != ' ' && c != '\t') {
                length++;
                if (length <= MAX_CELL) {
                    cell.append((char) c);
                }
                continue;
            }
            if (length > 0) {
                width++;
                if (length > MAX_CELL) {
                    problem = Problem.of(null, "cell_too_long", width, length, MAX_CELL);
                    cell.setLength(200);
                }
                if (width <= MAX_COLUMNS) {
                    cells.add(cell.toString());
                }
                cell.setLength(0);
                length = 0;
            }
            if (end) {
                return RawRow.of(line, cells, width, problem);
            }
        }
    }

    @Override
    public long position() {
        return position.getAsLong();
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
