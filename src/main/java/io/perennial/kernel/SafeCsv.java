package io.perennial.kernel;

import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Writes CSV that a spreadsheet can open without running anything in it. */
public final class SafeCsv {

    /** So that spreadsheets read UTF-8. */
    public static final String BYTE_ORDER_MARK = "\uFEFF";

    private SafeCsv() {}

    /** What spreadsheets in this language expect between cells: a semicolon where numbers have a comma. */
    public static char separator(Locale language) {
        return DecimalFormatSymbols.getInstance(language).getDecimalSeparator() == ',' ? ';' : ',';
    }

    /** One row, ended by CR LF. */
    public static void row(StringBuilder out, char separator, List<String> cells) {
        row(out, separator, cells, place -> false);
    }

    /** One row, ended by CR LF, some of whose cells are known to be numbers: they may begin with a sign. */
    public static void row(StringBuilder out, char separator, List<String> cells, IntPredicate isNumber) {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.append(separator);
            }
            cell(out, separator, isNumber.test(i) ? cells.get(i) : harmless(cells.get(i)));
        }
        out.append("\r\n");
    }

    /**
     * A cell that begins like a formula is text to a spreadsheet once an apostrophe stands before it; imports take it
     * off again.
     */
    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static void cell(StringBuilder out, char separator, String text) {
        boolean quote = text.indexOf(separator) >= 0
                || text.indexOf('"') >= 0
                || text.indexOf('\n') >= 0
                || text.indexOf('\r') >= 0
                || (!text.isEmpty() && (text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' '));
        if (quote) {
            out.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            out.append(text);
        }
    }
}
