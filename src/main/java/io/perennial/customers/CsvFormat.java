package io.perennial.customers;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a file is written: guessed by {@link CustomerImports#inspect}, shown to the person, changeable.
 *
 * @param charset without regard to a byte order mark, which always wins
 * @param header whether the first row names the columns
 * @param decimal the sign before the decimals where a number can be read both ways (1,234)
 * @param dayFirst whether 03/04/2026 is in April
 * @param part the sheet of a workbook, or the file in an archive, that is read; empty for the first
 */
public record CsvFormat(
        Separator separator, Charset charset, boolean header, Decimal decimal, boolean dayFirst, String part) {

    /** Comma-separated UTF-8 with a header and decimal points: what this product writes itself. */
    public static final CsvFormat STANDARD =
            new CsvFormat(Separator.COMMA, StandardCharsets.UTF_8, true, Decimal.POINT, true, "");

    /** A file that is no workbook and no archive of several. */
    public CsvFormat(Separator separator, Charset charset, boolean header, Decimal decimal, boolean dayFirst) {
        this(separator, charset, header, decimal, dayFirst, "");
    }

    /** What stands between two cells. */
    public enum Separator {
        COMMA(','),
        SEMICOLON(';'),
        TAB('\t'),
        PIPE('|'),
        /** Any run of spaces and tabs, as in fixed-width files; there is no quoting then. */
        WHITESPACE(' ');

        private final char sign;

        Separator(char sign) {
            this.sign = sign;
        }

        public char sign() {
            return sign;
        }
    }

    /** What stands before the decimals. */
    public enum Decimal {
        POINT('.'),
        COMMA(',');

        private final char sign;

        Decimal(char sign) {
            this.sign = sign;
        }

        public char sign() {
            return sign;
        }
    }

    public CsvFormat withSeparator(Separator other) {
        return new CsvFormat(other, charset, header, decimal, dayFirst, part);
    }

    public CsvFormat withCharset(Charset other) {
        return new CsvFormat(separator, other, header, decimal, dayFirst, part);
    }

    public CsvFormat withHeader(boolean other) {
        return new CsvFormat(separator, charset, other, decimal, dayFirst, part);
    }

    public CsvFormat withDecimal(Decimal other) {
        return new CsvFormat(separator, charset, header, other, dayFirst, part);
    }

    public CsvFormat withDayFirst(boolean other) {
        return new CsvFormat(separator, charset, header, decimal, other, part);
    }

    public CsvFormat withPart(String other) {
        return new CsvFormat(separator, charset, header, decimal, dayFirst, other);
    }
}
