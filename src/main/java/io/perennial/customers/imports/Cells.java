package io.perennial.customers.imports;

import io.perennial.customers.CsvFormat;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportMapping;
import io.perennial.kernel.EmailAddress;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Understands the cells of one file's rows, on the reading thread. A blank cell is nothing; one that makes no sense is a {@link CellProblem}. */
class Cells {

    private static final BigDecimal MOST = new BigDecimal("999999999999");

    /** What a formula shows that has no result. */
    private static final Set<String> ERRORS =
            Set.of("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!");

    private final CsvFormat format;
    final Dates dates;
    private final SharedTexts shared = new SharedTexts();
    private final int width;
    /** The column of each field, by its ordinal; -1 where it has none. */
    private final int[] columns = new int[ImportField.values().length];

    Cells(ImportMapping mapping, CsvFormat format, ZoneId zone) {
        this.format = format;
        this.dates = new Dates(zone, format.dayFirst());
        this.width = mapping.width();
        for (ImportField field : ImportField.values()) {
            columns[field.ordinal()] = mapping.column(field).orElse(-1);
        }
    }

    /** Refuses rows that are too short for the mapping or were not readable at all. */
    void requireWhole(RawRow row) {
        if (row.problem() != null) {
            throw new CellProblem(row.problem());
        }
        if (row.width() < width) {
            throw problem(null, "too_few_columns", row.width(), width);
        }
    }

    boolean has(ImportField field) {
        return columns[field.ordinal()] >= 0;
    }

    /** The trimmed text of a cell, control characters as spaces; nothing where it is blank or has no column. */
    @Nullable
    String text(RawRow row, ImportField field, int longest) {
        int column = columns[field.ordinal()];
        if (column < 0) {
            return null;
        }
        return text(row, column, field, longest);
    }

    /** As {@link #text(RawRow, ImportField, int)}, of any column. */
    @Nullable
    String text(RawRow row, int column, @Nullable ImportField field, int longest) {
        String text = clean(row.cell(column), field);
        if (text.length() > longest) {
            throw problem(field, "too_long", longest);
        }
        return text.isEmpty() ? null : shared.of(text);
    }

    /** A number of either sign, with the file's decimals; nothing where it is none. */
    @Nullable
    BigDecimal number(String text) {
        return Numbers.parse(text, format.decimal().sign());
    }

    /** A cell as it is, trimmed, even in a row that is at fault. */
    String rawText(RawRow row, ImportField field) {
        int column = columns[field.ordinal()];
        return column < 0 ? "" : row.cell(column).strip();
    }

    @Nullable
    String email(RawRow row) {
        String text = text(row, ImportField.EMAIL, 1_000);
        return text == null
                ? null
                : EmailAddress.parse(text)
                        .orElseThrow(() -> problem(ImportField.EMAIL, "no_email"))
                        .value();
    }

    /** A number that may not be negative, such as an amount or a quantity. */
    @Nullable
    BigDecimal amount(RawRow row, ImportField field) {
        String text = text(row, field, 60);
        if (text == null) {
            return null;
        }
        BigDecimal number = shared.number(text);
        if (number == null) {
            number = Numbers.parse(text, format.decimal().sign());
            if (number == null || number.abs().compareTo(MOST) > 0) {
                throw problem(field, "no_number");
            }
            shared.remember(text, number);
        }
        // Shops write discounts and refunds with either sign; the column's meaning says which way they go.
        if (field == ImportField.DISCOUNT || field == ImportField.REFUNDED) {
            return number.abs();
        }
        if (number.signum() < 0) {
            throw problem(field, "negative");
        }
        return number;
    }

    @Nullable
    String country(RawRow row) {
        String text = text(row, ImportField.COUNTRY, 100);
        if (text == null) {
            return null;
        }
        String code = Countries.code(text);
        if (code == null) {
            throw problem(ImportField.COUNTRY, "no_country");
        }
        return code;
    }

    @Nullable
    String currency(RawRow row) {
        String text = text(row, ImportField.CURRENCY, 20);
        if (text == null) {
            return null;
        }
        String code = switch (text.toLowerCase(Locale.ROOT)) {
            case "kč", "kc" -> "CZK";
            case "zł", "zl" -> "PLN";
            case "€" -> "EUR";
            case "$" -> "USD";
            case "£" -> "GBP";
            default -> text.toUpperCase(Locale.ROOT);
        };
        try {
            return Currency.getInstance(code).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw problem(ImportField.CURRENCY, "no_currency");
        }
    }

    @Nullable
    String locale(RawRow row) {
        String text = text(row, ImportField.LOCALE, 40);
        if (text == null) {
            return null;
        }
        Locale locale = Locale.forLanguageTag(text.replace('_', '-'));
        if (locale.getLanguage().isEmpty() || locale.toLanguageTag().length() > 20) {
            throw problem(ImportField.LOCALE, "no_locale");
        }
        return locale.toLanguageTag();
    }

    @Nullable
    String zone(RawRow row) {
        String text = text(row, ImportField.ZONE, 60);
        if (text == null) {
            return null;
        }
        try {
            return ZoneId.of(text).getId();
        } catch (java.time.DateTimeException e) {
            throw problem(ImportField.ZONE, "no_zone");
        }
    }

    @Nullable
    String gender(RawRow row) {
        String text = text(row, ImportField.GENDER, 40);
        return text == null
                ? null
                : switch (ImportWords.plain(text)) {
                    case "f", "female", "woman", "w", "weiblich", "frau", "z", "zena", "k", "kobieta" -> "female";
                    case "m", "male", "man", "mannlich", "mann", "herr", "muz", "mezczyzna" -> "male";
                    default -> "other";
                };
    }

    /** Whether a cell says yes; nothing where it is blank. */
    boolean yes(RawRow row, ImportField field) {
        String text = text(row, field, 40);
        if (text == null) {
            return false;
        }
        Boolean answer = yesOrNo(text);
        if (answer == null) {
            throw problem(field, "no_yes_or_no");
        }
        return answer;
    }

    /** What a word answers; nothing where it is none of those known. */
    static @Nullable Boolean yesOrNo(String text) {
        return switch (ImportWords.plain(text)) {
            case "1",
                    "yes",
                    "y",
                    "true",
                    "t",
                    "x",
                    "ano",
                    "a",
                    "tak",
                    "ja",
                    "j",
                    "da",
                    "co",
                    "granted",
                    "subscribed",
                    "on" -> true;
            case "0", "no", "n", "false", "f", "ne", "nie", "nein", "khong", "withdrawn", "unsubscribed", "off", "" ->
                false;
            default -> null;
        };
    }

    CellProblem problem(@Nullable ImportField field, String key, Object... args) {
        return new CellProblem(Problem.of(field, key, args));
    }

    private String clean(String raw, @Nullable ImportField field) {
        String text = raw;
        boolean composed = true; // below U+0300 there is nothing to compose
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            composed &= c < '\u0300';
            if (c == '\uFFFD') {
                throw problem(field, "unreadable", format.charset().name());
            }
            if (c < ' ' || c == '\u00a0' || c == '\u007f') {
                text = text.replace(c, ' ');
            }
        }
        text = text.strip();
        if (text.startsWith("#") && ERRORS.contains(text)) {
            throw problem(field, "formula_error", text);
        }
        if (!composed
                && !Normalizer.isNormalized(
                        text, Normalizer.Form.NFC)) { // windows-1258 and some Macs write ế as three letters
            text = Normalizer.normalize(text, Normalizer.Form.NFC);
        }
        // What our own exports put before a cell so that a spreadsheet does not run it.
        return text.length() > 1 && text.charAt(0) == '\'' && "=+-@".indexOf(text.charAt(1)) >= 0
                ? text.substring(1)
                : text;
    }
}
