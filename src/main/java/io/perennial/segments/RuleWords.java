package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Operator;
import io.perennial.segments.Rule.Orders;
import io.perennial.segments.Rule.Window;
import io.perennial.uikit.Formats;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says a valid rule as a sentence, and names its parts. */
public final class RuleWords {

    private RuleWords() {}

    /** The whole rule in words, in the console's language. */
    public static String sentence(Rule rule) {
        return rule instanceof Group group && group.rules().isEmpty()
                ? t(group.match() == Match.ANY ? "segments.words.nobody" : "segments.words.everybody")
                : words(rule, true);
    }

    public static String field(Field field) {
        return t("segments.field." + field);
    }

    public static String aggregate(Aggregate aggregate) {
        return t("segments.aggregate." + aggregate);
    }

    public static String operator(FieldType type, Operator operator) {
        String family = type.isNumeric() ? "number" : type == FieldType.TAG ? "tag" : "text";
        return t("segments.operator." + family + "." + operator);
    }

    private static String words(Rule rule, boolean outermost) {
        return switch (rule) {
            case Group group -> group(group, outermost);
            case Condition condition -> condition(condition);
            case Orders orders -> orders(orders);
        };
    }

    private static String group(Group group, boolean outermost) {
        String between = t(group.match() == Match.ALL ? "segments.words.and" : "segments.words.or");
        String inner =
                group.rules().stream().map(r -> words(r, false)).collect(Collectors.joining(" " + between + " "));
        if (group.match() == Match.NONE) {
            return t("segments.words.none", inner);
        }
        return outermost || group.rules().size() == 1 ? inner : "(" + inner + ")";
    }

    private static String condition(Condition condition) {
        FieldType type = condition.field().type();
        String values = values(condition, type);
        return (field(condition.field()) + " " + operator(type, condition.operator()) + " " + values).strip();
    }

    private static String values(Condition condition, FieldType type) {
        List<String> values =
                condition.values().stream().map(v -> value(type, v)).toList();
        return condition.operator() == Operator.BETWEEN
                ? t("segments.words.between", values.get(0), values.get(1))
                : String.join(", ", values);
    }

    private static String value(FieldType type, String value) {
        return switch (type) {
            case SHARE -> Formats.percent(new BigDecimal(value), 0);
            case YES_NO -> t(value.equals("true") ? "segments.yes" : "segments.no");
            case NUMBER, COUNT, DAYS, SCORE, MONEY, PREDICTED_MONEY -> number(value);
            default -> value;
        };
    }

    private static String orders(Orders orders) {
        String amount = orders.operator() == Operator.BETWEEN && orders.upTo() != null
                ? t("segments.words.between", number(orders.value()), number(orders.upTo()))
                : number(orders.value());
        StringBuilder words = new StringBuilder(aggregate(orders.aggregate()))
                .append(' ')
                .append(operator(FieldType.COUNT, orders.operator()))
                .append(' ')
                .append(amount);
        append(words, "segments.words.category", orders.category());
        append(words, "segments.words.product", orders.product());
        return words.append(window(orders.window())).toString();
    }

    private static void append(StringBuilder words, String key, @Nullable String value) {
        if (value != null) {
            words.append(' ').append(t(key, value));
        }
    }

    private static String window(Window window) {
        if (window.lastDays() != null) {
            return " " + t("segments.words.last_days", window.lastDays());
        }
        String from = day(window.from());
        String until = day(window.until());
        if (window.from() != null && window.until() != null) {
            return " " + t("segments.words.from_until", from, until);
        }
        if (window.from() != null) {
            return " " + t("segments.words.since", from);
        }
        return window.until() != null ? " " + t("segments.words.until", until) : "";
    }

    private static String day(@Nullable String date) {
        return date == null ? "" : Formats.date(LocalDate.parse(date));
    }

    private static String number(String value) {
        BigDecimal number = new BigDecimal(value);
        return Formats.decimal(number, Math.max(0, number.stripTrailingZeros().scale()));
    }
}
