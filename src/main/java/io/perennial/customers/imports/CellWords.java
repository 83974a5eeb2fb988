package io.perennial.customers.imports;

import io.perennial.customers.CsvFormat.Decimal;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the typed cells of a workbook as the text that the import reads: days as 2026-03-29, numbers in full. */
class CellWords implements Closeable {

    /** Excel computes with doubles and shows fifteen digits of them. */
    private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_UP);

    /** 31 December 9999, the last day that Excel knows. */
    private static final double LAST_DAY = 2_958_466;

    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final SharedStrings strings;
    private final List<DateStyle> styles;
    private final boolean from1904;
    private final Decimal decimal;

    CellWords(SharedStrings strings, List<DateStyle> styles, boolean from1904, Decimal decimal) {
        this.strings = strings;
        this.styles = styles;
        this.from1904 = from1904;
        this.decimal = decimal;
    }

    /**
     * A cell as text.
     *
     * @param type of ECMA-376: s, str, inlineStr, b, e, d or n
     * @param style the position of its style
     * @param value as it is in the file; of a formula, what it came to last
     */
    String text(@Nullable String type, int style, String value) throws IOException {
        if (value.isEmpty()) {
            return "";
        }
        return switch (type == null ? "n" : type) {
            case "s" -> strings.get(value);
            case "b" -> value.strip().equals("1") ? "true" : "false";
            case "n" -> number(value.strip(), style >= 0 && style < styles.size() ? styles.get(style) : DateStyle.NONE);
            case "str", "inlineStr" -> unescaped(value);
            default -> value;
        };
    }

    static String unescaped(String text) {
        if (text.indexOf("_x") < 0) {
            return text;
        }
        Matcher m = ESCAPED.matcher(text);
        return m.replaceAll(e -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(e.group(1), 16))));
    }

    private String number(String text, DateStyle style) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return text;
        }
        if (style != DateStyle.NONE && value >= 0 && value < LAST_DAY) {
            return moment(value, style);
        }
        if (Double.isNaN(value) || Double.isInfinite(value) || Math.abs(value) > 1e30) {
            return text;
        }
        String plain = new BigDecimal(value).round(SHOWN).stripTrailingZeros().toPlainString();
        return plain.replace('.', decimal.sign());
    }

    private String moment(double serial, DateStyle style) {
        long day = (long) Math.floor(serial);
        long second = Math.round((serial - day) * 86_400);
        LocalTime time = LocalTime.ofSecondOfDay(second % 86_400);
        if (style == DateStyle.TIME && day == 0) {
            return TIME.format(time);
        }
        // Excel counts a 29 February 1900 that there never was.
        LocalDate first = from1904
                ? LocalDate.of(1904, 1, 1)
                : day < 60 ? LocalDate.of(1899, 12, 31) : LocalDate.of(1899, 12, 30);
        LocalDateTime at = first.plusDays(day).atTime(time).plusDays(second / 86_400);
        return second % 86_400 == 0
                ? at.toLocalDate().toString()
                : at.toLocalDate() + "T" + TIME.format(at.toLocalTime());
    }

    @Override
    public void close() throws IOException {
        strings.close();
    }
}
