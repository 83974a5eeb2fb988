package io.perennial.customers.exports;

import io.perennial.kernel.SafeCsv;
import java.util.Locale;

/** How a list is written. Texts that begin like a formula stay texts in each of them. */
public enum ExportFormat {
    /** UTF-8 with a byte order mark, commas between, a point in numbers. */
    CSV(',', false, "csv", "text/csv;charset=UTF-8"),
    /** UTF-8 with a byte order mark, semicolons between, a comma in numbers: for spreadsheets of most of Europe. */
    CSV_SEMICOLON(';', true, "csv", "text/csv;charset=UTF-8"),
    /** As {@link #CSV} without the byte order mark: for programs. */
    CSV_PLAIN(',', false, "csv", "text/csv;charset=UTF-8"),
    /** An Excel workbook; a sheet holds 1,048,576 rows, more go on in the next. */
    XLSX(',', false, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final char separator;
    private final boolean decimalComma;
    private final String extension;
    private final String contentType;

    ExportFormat(char separator, boolean decimalComma, String extension, String contentType) {
        this.separator = separator;
        this.decimalComma = decimalComma;
        this.extension = extension;
        this.contentType = contentType;
    }

    /** What a spreadsheet in this language opens by a double click. */
    public static ExportFormat csvFor(Locale locale) {
        return SafeCsv.separator(locale) == ';' ? CSV_SEMICOLON : CSV;
    }

    char separator() {
        return separator;
    }

    boolean decimalComma() {
        return decimalComma;
    }

    /** Without the point. */
    public String extension() {
        return extension;
    }

    public String contentType() {
        return contentType;
    }
}
