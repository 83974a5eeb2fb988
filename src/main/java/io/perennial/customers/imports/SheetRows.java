package io.perennial.customers.imports;

import io.perennial.customers.ImportRefused;
import io.perennial.uikit.Texts;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a sheet, one after the other. Blank rows are passed over. Of merged cells the first has the value, as it
 * has in Excel; formulas are what they came to when the workbook was saved.
 */
class SheetRows implements RowReader {

    private static final int KEPT_OF_LONG_CELL = 200;

    /** Columns of the widest sheet there can be (to XFD); a row that has more cells never ends. */
    private static final int MOST_CELLS = 16_384;

    private final XmlPart xml;
    private final CellWords words;
    private final Closeable workbook;
    private final LongUnaryOperator position;
    private final List<String> cells = new ArrayList<>();
    private int width;
    private @Nullable Problem problem;
    private long line;

    /** @param position of the file where so many bytes of the sheet came out of it */
    SheetRows(XmlPart xml, CellWords words, Closeable workbook, LongUnaryOperator position) {
        this.xml = xml;
        this.words = words;
        this.workbook = workbook;
        this.position = position;
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        while (xml.next()) {
            if (xml.isStart() && xml.name().equals("row")) {
                line = Math.max(line + 1, xml.number("r", 0));
                readRow();
                if (width > 0) {
                    // A sheet leaves out the blank cells at the end of a row; they are blank, not missing.
                    return RawRow.of(line, cells, Math.max(width, MAX_COLUMNS), problem);
                }
            }
        }
        return null;
    }

    @Override
    public long position() {
        return position.applyAsLong(xml.unpacked());
    }

    @Override
    public void close() throws IOException {
        try (workbook;
                words;
                xml) {
            cells.clear();
        }
    }

    private void readRow() throws IOException {
        cells.clear();
        width = 0;
        problem = null;
        int column = 0;
        int seen = 0;
        while (xml.next()) {
            if (xml.isEnd() && xml.name().equals("row")) {
                return;
            }
            if (xml.isStart() && xml.name().equals("c")) {
                if (++seen > MOST_CELLS) {
                    throw new ImportRefused(Texts.t("customers.refused.damaged"));
                }
                int named = column(xml.attribute("r"));
                column = named >= 0 ? named : column;
                put(column++, readCell());
            }
        }
    }

    private String readCell() throws IOException {
        String type = xml.attribute("t");
        int style = xml.number("s", -1);
        StringBuilder value = new StringBuilder();
        boolean taken = false;
        int phonetic = 0;
        while (xml.next()) {
            if (xml.isStart()) {
                switch (xml.name()) {
                    case "v", "t" -> taken = phonetic == 0;
                    case "rPh" -> phonetic++;
                    default -> {}
                }
            } else if (xml.isEnd()) {
                taken = false;
                if (xml.name().equals("c")) {
                    break;
                }
                phonetic -= xml.name().equals("rPh") ? 1 : 0;
            } else if (taken && xml.isText()) {
                xml.appendTo(value);
            }
        }
        return words.text(type, style, value.toString());
    }

    private void put(int column, String text) {
        if (text.isBlank()) {
            return;
        }
        width = Math.max(width, column + 1);
        if (column >= MAX_COLUMNS) {
            return;
        }
        while (cells.size() <= column) {
            cells.add("");
        }
        if (text.length() > MAX_CELL) {
            problem = Problem.of(null, "cell_too_long", column + 1, text.length(), MAX_CELL);
            cells.set(column, text.substring(0, KEPT_OF_LONG_CELL) + "…");
        } else {
            cells.set(column, text);
        }
    }

    /** The column of a reference such as AB12, from 0; negative where there is none. */
    private static int column(@Nullable String reference) {
        int column = 0;
        int letters = 0;
        for (int i = 0; reference != null && i < reference.length(); i++) {
            char c = Character.toUpperCase(reference.charAt(i));
            if (c < 'A' || c > 'Z' || ++letters > 3) {
                break;
            }
            column = column * 26 + c - 'A' + 1;
        }
        return letters == 0 || letters > 3 ? -1 : column - 1;
    }
}
