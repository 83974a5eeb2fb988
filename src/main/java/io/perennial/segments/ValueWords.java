package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Field;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Texts;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Says the values that rules ask for, and those that customers have, as a person reads them. */
public final class ValueWords {

    private ValueWords() {}

    /**
     * A value of a field as a person reads it.
     *
     * @param currency of amounts; null where the field has none
     */
    static String value(Field field, String value, @Nullable Currency currency) {
        return switch (field) {
            case COUNTRY -> Regions.country(value);
            case LOCALE -> Regions.language(value);
            default -> value(field.type(), value, currency);
        };
    }

    /** As the above, of a field that holds no amount. */
    public static String value(Field field, String value) {
        return value(field, value, null);
    }

    /** One of the values of a type that knows only these. */
    public static String fixed(FieldType type, String value) {
        return value(type, value, null);
    }

    /** A figure of a customer's orders: "Orders: 3". */
    static String figure(Aggregate aggregate, @Nullable BigDecimal own, @Nullable Currency currency) {
        return RuleWords.aggregate(aggregate) + ": "
                + (own == null ? t("segments.value.none") : own(aggregate.type(), own, currency));
    }

    /** A customer's own figure; amounts as money is written, whatever fractions they were computed with. */
    static String own(FieldType type, BigDecimal own, @Nullable Currency currency) {
        boolean money = type == FieldType.MONEY || type == FieldType.PREDICTED_MONEY;
        return money && currency != null ? Formats.money(own, currency) : value(type, own.toPlainString(), currency);
    }

    /** A figure of what a customer did. */
    static String times(Aggregate aggregate, @Nullable BigDecimal own) {
        return own == null
                ? t("segments.value.never")
                : aggregate == Aggregate.COUNT ? t("segments.value.times", own) : t("segments.value.days_ago", own);
    }

    /** A value of an attribute as a person reads it. */
    static String value(RuleAttribute attribute, String value) {
        return attribute.type().hasChoices()
                ? attribute.choices().getOrDefault(Integer.valueOf(value), t("segments.words.gone"))
                : value(attribute.fieldType(), value, null);
    }

    static String value(FieldType type, String value, @Nullable Currency currency) {
        return switch (type) {
            case SHARE -> Formats.percent(new BigDecimal(value), 0);
            case YES_NO, ANSWER -> t(value.equals("true") ? "segments.yes" : "segments.no");
            case NUMBER, COUNT, QUANTITY, DAYS, LATENESS, DECIMAL, SCORE -> number(value);
            case MONEY, PREDICTED_MONEY -> amount(value, currency);
            case DATE, PAST_DATE -> Formats.date(LocalDate.parse(value));
            case MONTH -> month(Month.of(Integer.parseInt(value)));
            case REASON -> t("segments.reason." + value);
            case RFM_NAME -> t("segments.rfm." + value);
            case TEXT, CHOICE, TAG, OPTION, OPTIONS -> value;
        };
    }

    public static String month(Month month) {
        return month.getDisplayName(TextStyle.FULL_STANDALONE, Texts.locale());
    }

    /** "€50", "€12.30", and what a rule says of less than a cent as it says it. */
    private static String amount(String value, @Nullable Currency currency) {
        int digits = Math.max(0, new BigDecimal(value).stripTrailingZeros().scale());
        if (currency == null) {
            return number(value);
        }
        if (digits > currency.getDefaultFractionDigits()) {
            return number(value) + ' ' + currency.getCurrencyCode();
        }
        BigDecimal amount = new BigDecimal(value);
        return digits == 0 ? Formats.roundMoney(amount, currency) : Formats.money(amount, currency);
    }

    private static String number(String value) {
        BigDecimal number = new BigDecimal(value);
        return Formats.decimal(number, Math.max(0, number.stripTrailingZeros().scale()));
    }
}
