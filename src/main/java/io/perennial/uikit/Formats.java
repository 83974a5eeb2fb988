package io.perennial.uikit;

import com.ibm.icu.text.DecimalFormat;
import com.ibm.icu.text.DecimalFormatSymbols;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.text.RelativeDateTimeFormatter;
import com.ibm.icu.text.RelativeDateTimeFormatter.RelativeDateTimeUnit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers, money and times as the current user's language writes them. A missing value is an en dash. */
public final class Formats {

    public static final String NONE = "–";

    private static final List<String> FILE_SIZES = List.of("B", "KB", "MB", "GB");

    private Formats() {}

    public static String number(@Nullable Number value) {
        return value == null
                ? NONE
                : NumberFormat.getIntegerInstance(Texts.locale()).format(value);
    }

    /** With exactly {@code decimals} decimals. */
    public static String decimal(@Nullable Number value, int decimals) {
        if (value == null) {
            return NONE;
        }
        NumberFormat format = NumberFormat.getNumberInstance(Texts.locale());
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(value);
    }

    /** The size of a file as people say it: 2 GB, 40 MB, 1.5 KB. A KB has 1,024 bytes. */
    public static String fileSize(long bytes) {
        NumberFormat format = NumberFormat.getNumberInstance(Texts.locale());
        format.setMaximumFractionDigits(1);
        for (int unit = FILE_SIZES.size() - 1; unit >= 0; unit--) {
            long size = 1L << (10 * unit);
            if (bytes >= size || unit == 0) {
                return format.format((double) bytes / size) + '\u00a0' + FILE_SIZES.get(unit);
            }
        }
        throw new AssertionError("bytes are the smallest");
    }

    /**
     * @param share 0.041 is 4.1 %
     */
    public static String percent(@Nullable Number share, int decimals) {
        if (share == null) {
            return NONE;
        }
        NumberFormat format = NumberFormat.getPercentInstance(Texts.locale());
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(share);
    }

    /** Money with the currency's decimals. */
    public static String money(@Nullable BigDecimal amount, Currency currency) {
        return amount == null ? NONE : moneyFormat(currency).format(amount);
    }

    /** Money without decimals, for tiles and charts. */
    public static String roundMoney(@Nullable Number amount, Currency currency) {
        if (amount == null) {
            return NONE;
        }
        NumberFormat format = moneyFormat(currency);
        format.setMaximumFractionDigits(0);
        return format.format(amount);
    }

    public static String date(@Nullable LocalDate date) {
        return date == null
                ? NONE
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                        .withLocale(Texts.locale())
                        .format(date);
    }

    public static String dateTime(@Nullable Instant at, ZoneId zone) {
        return at == null
                ? NONE
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(Texts.locale())
                        .format(at.atZone(zone));
    }

    /** The time of day in that zone, to the minute. */
    public static String time(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(Texts.locale())
                .format(at.atZone(zone));
    }

    /** "3 days ago", "in 2 hours"; show the exact time on hover beside it. */
    public static String relative(@Nullable Instant at) {
        if (at == null) {
            return NONE;
        }
        Duration distance = Duration.between(Instant.now(), at);
        long seconds = distance.toSeconds();
        RelativeDateTimeFormatter format = RelativeDateTimeFormatter.getInstance(Texts.locale());
        long size = Math.abs(seconds);
        if (size < 60) {
            return format.format(RelativeDateTimeFormatter.Direction.PLAIN, RelativeDateTimeFormatter.AbsoluteUnit.NOW);
        }
        RelativeDateTimeUnit unit;
        long amount;
        if (size < 3_600) {
            unit = RelativeDateTimeUnit.MINUTE;
            amount = seconds / 60;
        } else if (size < 86_400) {
            unit = RelativeDateTimeUnit.HOUR;
            amount = seconds / 3_600;
        } else if (size < 60 * 86_400L) {
            unit = RelativeDateTimeUnit.DAY;
            amount = seconds / 86_400;
        } else if (size < 730 * 86_400L) {
            unit = RelativeDateTimeUnit.MONTH;
            amount = seconds / (30 * 86_400L);
        } else {
            unit = RelativeDateTimeUnit.YEAR;
            amount = seconds / (365 * 86_400L);
        }
        return format.formatNumeric((double) amount, unit);
    }

    private static NumberFormat moneyFormat(Currency currency) {
        return moneyFormat(currency, Texts.locale());
    }

    /**
     * With the separators of all other numbers: for English as written elsewhere, CLDR has those of the country for a few
     * currencies and those of English for the rest, and a page would mix 1 437 with 564,000 €.
     */
    static NumberFormat moneyFormat(Currency currency, Locale locale) {
        DecimalFormat format = (DecimalFormat) NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(com.ibm.icu.util.Currency.getInstance(currency.getCurrencyCode()));
        DecimalFormatSymbols ofNumbers = DecimalFormatSymbols.getInstance(locale);
        DecimalFormatSymbols symbols = format.getDecimalFormatSymbols();
        symbols.setMonetaryDecimalSeparator(ofNumbers.getDecimalSeparator());
        symbols.setMonetaryGroupingSeparator(ofNumbers.getGroupingSeparator());
        format.setDecimalFormatSymbols(symbols);
        return format;
    }
}
