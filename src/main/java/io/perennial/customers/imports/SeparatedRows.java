package io.perennial.customers.imports;

import java.io.IOException;
import java.io.Reader;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows with a separator and quotes, as RFC 4180 has them, read leniently. A quote that is opened and never closed costs
 * its own line only: common readers take everything up to the next quote, or the end, for one cell. Of a monstrous line
 * a bounded part is in memory.
 */
class SeparatedRows implements RowReader {

    private static final int KEPT_OF_LONG_CELL = 200;
    private static final int MUCH = 1 << 20;

    private final CharSource text;
    private final LongSupplier position;
    private final char separator;
    /** The cells of the row, one behind the other. */
    private final StringBuilder cells = new StringBuilder();

    private final int[] ends;
    /** Where the cell begins that is read. */
    private int begin;

    private int length;
    private int width;
    private @Nullable Problem problem;
    private long line = 1;

    /** @param columns how many are read of a row */
    SeparatedRows(Reader text, char separator, LongSupplier position, int columns) {
        this.text = new CharSource(text);
        this.ends = new int[columns];
        this.position = position;
        this.separator = separator;
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        while (text.peek() >= 0) {
            RawRow row = row();
            if (row.width() > 1 || row.problem() != null || !row.cell(0).isBlank()) {
                return row;
            }
        }
        return null;
    }

    @Override
    public long position() {
        return position.getAsLong();
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    private RawRow row() throws IOException {
        long first = line;
        cells.setLength(0);
        if (cells.capacity() > MUCH) {
            cells.trimToSize(); // of a monstrous row before
        }
        begin = 0;
        width = 0;
        problem = null;
        int end;
        do {
            length = 0;
            end = text.peek() == '"' ? quoted() : plain();
            endCell();
        } while (end == separator);
        line++;
        return RawRow.of(first, cells, ends, Math.min(width, ends.length), width, problem);
    }

    /** Reads up to the end of the cell; returns what ended it: the separator, a line end as '\n', or -1. */
    private int plain() throws IOException {
        while (true) {
            length += text.readUpTo(separator, MAX_CELL - length, cells);
            int c = text.read();
            if (c == separator || c == '\n' || c < 0) {
                return c;
            }
            if (c == '\r') {
                if (text.peek() == '\n') {
                    text.read();
                }
                return '\n';
            }
            append(c);
        }
    }

    private int quoted() throws IOException {
        text.read();
        int firstLine = -1; // the length of the cell's first line, once there is a second
        int lines = 0;
        while (true) {
            int c = text.read();
            if (c == '"' && text.peek() == '"') {
                append(text.read());
            } else if (c == '"' && (firstLine < 0 || isEnd(text.peek()))) {
                text.forgetMark();
                line += lines;
                return plain(); // what stands after the quote, if anything, belongs to the cell
            } else if (c == '"' || c < 0 || (firstLine >= 0 && text.sinceMark() > MAX_CELL)) {
                return unclosed(firstLine);
            } else {
                append(c);
                if (c == '\n' || (c == '\r' && text.peek() != '\n')) {
                    lines++;
                    if (firstLine < 0) {
                        firstLine = length;
                        text.mark();
                    }
                }
            }
        }
    }

    /** Leaves out the line with the opening quote; what followed is read again as rows of their own. */
    private int unclosed(int firstLine) {
        problem = Problem.of(null, "unclosed_quote", width + 1);
        if (firstLine < 0) {
            return -1;
        }
        text.rewind();
        length = firstLine;
        cells.setLength(Math.min(begin + firstLine, cells.length()));
        while (cells.length() > begin && isEnd(cells.charAt(cells.length() - 1))) {
            cells.setLength(begin + --length);
        }
        return '\n';
    }

    private boolean isEnd(int c) {
        return c == separator || c == '\n' || c == '\r' || c < 0;
    }

    private void append(int c) {
        if (length++ < MAX_CELL) {
            cells.append((char) c);
        }
    }

    private void endCell() {
        width++;
        if (width > ends.length) {
            cells.setLength(begin);
            return;
        }
        if (length > MAX_CELL) {
            if (problem == null) {
                problem = Problem.of(null, "cell_too_long", width, length, MAX_CELL);
            }
            cells.setLength(begin + KEPT_OF_LONG_CELL);
            cells.append('…');
        }
        begin = cells.length();
        ends[width - 1] = begin;
    }
}
