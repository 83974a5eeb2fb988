package io.perennial.customers.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * A workbook. Texts stand in their cells (no table of shared strings that would grow with the list) and are never
 * formulas; rows go out every thousand.
 */
class XlsxTable implements Table {

    /** Rows of a sheet, as Excel has it. */
    static final int ROWS = 1_048_576;

    private static final int EVERY = 1_000;
    private static final int LONGEST_CELL = 32_767;

    private final Workbook book;
    private final int rowsOfASheet;
    private @Nullable Worksheet sheet;
    private List<? extends @Nullable Object> header = List.of();
    private int sheets;
    private int row;

    XlsxTable(OutputStream out) {
        this(out, ROWS);
    }

    XlsxTable(OutputStream out, int rowsOfASheet) {
        this.book = new Workbook(new Unclosed(out), "Perennial", "1.0");
        this.rowsOfASheet = rowsOfASheet;
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) {
        Worksheet current = sheet;
        if (current == null) {
            header = cells;
            begin();
            return;
        }
        try {
            if (row == rowsOfASheet) {
                current.finish();
                current = begin();
            }
            write(current, cells);
            if (row % EVERY == 0) {
                current.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (sheet != null) {
            sheet.finish();
        }
        book.finish();
    }

    private Worksheet begin() {
        Worksheet fresh = book.newWorksheet(Integer.toString(++sheets));
        sheet = fresh;
        row = 0;
        fresh.freezePane(0, 1);
        write(fresh, header);
        fresh.range(0, 0, 0, Math.max(0, header.size() - 1)).style().bold().set();
        return fresh;
    }

    private void write(Worksheet into, List<? extends @Nullable Object> cells) {
        for (int i = 0; i < cells.size(); i++) {
            switch (cells.get(i)) {
                case null -> {}
                case Number number -> into.value(row, i, number);
                case LocalDate day -> {
                    into.value(row, i, day);
                    into.style(row, i).format("yyyy-mm-dd").set();
                }
                case LocalDateTime time -> {
                    into.value(row, i, time);
                    into.style(row, i).format("yyyy-mm-dd hh:mm:ss").set();
                }
                case Object text -> into.inlineString(row, i, clean(text.toString()));
            }
        }
        row++;
    }

    /** Without what XML cannot hold. */
    private static String clean(String text) {
        String clean = text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "");
        return clean.length() > LONGEST_CELL ? clean.substring(0, LONGEST_CELL) : clean;
    }

    /** The stream belongs to the caller. */
    private static final class Unclosed extends java.io.FilterOutputStream {

        private Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
