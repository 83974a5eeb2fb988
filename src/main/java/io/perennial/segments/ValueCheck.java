package io.perennial.segments;

import io.perennial.segments.OrderFilter.Among;
import io.perennial.segments.Rule.Measure;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with the values of one condition. */
final class ValueCheck {

    /** Takes the key of a message and its arguments. */
    interface Problems {
        void add(String key, Object... params);
    }

    private final Problems problems;

    ValueCheck(Problems problems) {
        this.problems = problems;
    }

    /** Whether an operator fits a type, and its values fit both. */
    void check(FieldType type, Operator operator, List<String> values) {
        if (!type.operators().contains(operator)) {
            problems.add("segments.problem.operator");
            return;
        }
        if (values.size() < operator.leastValues()) {
            problems.add("segments.problem.value_missing");
            return;
        }
        if (values.size() > operator.mostValues()) {
            problems.add("segments.problem.too_many_values", operator.mostValues());
            return;
        }
        if ((type == FieldType.CHOICE || !type.fixed().isEmpty()) && !chosen(values)) {
            return;
        }
        for (String value : values) {
            value(type, operator, value);
        }
        if (operator == Operator.BETWEEN) {
            ascending(type, values.get(0), values.get(1));
        }
    }

    void measure(Measure measure) {
        comparison(measure.aggregate().type(), measure.operator(), measure.values());
    }

    void comparison(FieldType type, Operator operator, List<String> values) {
        if (Measure.OPERATORS.contains(operator)) {
            check(type, operator, values);
        } else {
            problems.add("segments.problem.operator");
        }
    }

    void among(@Nullable Among among) {
        if (among != null) {
            texts(among.values());
            if (among.values().isEmpty()) {
                problems.add("segments.problem.value_missing");
            }
        }
    }

    void texts(List<String> values) {
        many(values);
        values.forEach(this::text);
    }

    /** Whether each was chosen from what is offered, and none merely typed. */
    boolean chosen(List<String> values) {
        List<String> typed =
                values.stream().flatMap(v -> TypedChoice.words(v).stream()).toList();
        typed.forEach(words -> problems.add("segments.problem.unknown_choice", words));
        return typed.isEmpty();
    }

    void ids(List<String> values) {
        many(values);
        if (!chosen(values)) {
            return;
        }
        for (String value : values) {
            if (!value.matches("-?[0-9]{1,18}")) {
                problems.add("segments.problem.id", value);
            }
        }
    }

    void window(Window window) {
        switch (window) {
            case Window.Ever _, Window.Calendar _ -> {}
            case Window.Last last -> {
                if (last.count() < 1 || last.count() > last.unit().most()) {
                    problems.add(
                            "segments.problem.count_of." + last.unit(),
                            last.unit().most());
                }
            }
            case Window.Ago ago -> {
                if (ago.least() < 0 || ago.most() > RuleLimits.WINDOW_DAYS) {
                    problems.add("segments.problem.days_ago", RuleLimits.WINDOW_DAYS);
                } else if (ago.least() > ago.most()) {
                    problems.add("segments.problem.backwards");
                }
            }
            case Window.Dates dates -> dates(dates);
        }
    }

    private void dates(Window.Dates dates) {
        if (dates.from() == null && dates.until() == null) {
            problems.add("segments.problem.no_dates");
        }
        LocalDate from = dates.from() == null ? null : date(dates.from());
        LocalDate until = dates.until() == null ? null : date(dates.until());
        if (from != null && until != null && from.isAfter(until)) {
            problems.add("segments.problem.window_backwards");
        }
    }

    private void many(List<String> values) {
        if (values.size() > RuleLimits.VALUES) {
            problems.add("segments.problem.too_many_values", RuleLimits.VALUES);
        }
    }

    private void value(FieldType type, Operator operator, String value) {
        if (value.isBlank()) {
            problems.add("segments.problem.value_missing");
        } else if (operator.takesDays()) {
            number(value, BigDecimal.ONE, BigDecimal.valueOf(RuleLimits.WINDOW_DAYS), 0);
        } else if (type.isDate()) {
            date(value);
        } else if (type.isNumeric()) {
            number(value, type.least(), type.most(), type.decimals());
        } else if ((type == FieldType.YES_NO || type == FieldType.ANSWER)
                && !Set.of("true", "false").contains(value)) {
            problems.add("segments.problem.yes_no");
        } else if (!type.fixed().isEmpty() && !type.fixed().contains(value)) {
            problems.add("segments.problem.choose");
        } else {
            text(value);
        }
    }

    private void text(String value) {
        if (value.isBlank()) {
            problems.add("segments.problem.value_missing");
        } else if (value.length() > RuleLimits.TEXT) {
            problems.add("segments.problem.too_long", RuleLimits.TEXT);
        }
    }

    private @Nullable LocalDate date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() >= 1900 && date.getYear() <= 9000) {
                return date;
            }
        } catch (DateTimeException e) {
            // said below, as for a year out of range
        }
        problems.add("segments.problem.date", text);
        return null;
    }

    private void number(String text, BigDecimal least, BigDecimal most, int decimals) {
        BigDecimal number = decimal(text);
        if (number == null) {
            problems.add("segments.problem.number", text);
        } else if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
            problems.add("segments.problem.range", least, most);
        } else if (number.stripTrailingZeros().scale() > decimals) {
            problems.add(decimals == 0 ? "segments.problem.whole" : "segments.problem.decimals", decimals);
        } else if (decimals == 0 && number.scale() > 0) {
            problems.add("segments.problem.whole", decimals);
        }
    }

    private void ascending(FieldType type, String low, String high) {
        if (type.isDate()) {
            // Written as ISO has them, days are in the order of their letters.
            if (low.compareTo(high) > 0) {
                problems.add("segments.problem.window_backwards");
            }
            return;
        }
        BigDecimal from = decimal(low);
        BigDecimal to = decimal(high);
        if (from != null && to != null && from.compareTo(to) > 0) {
            problems.add("segments.problem.backwards");
        }
    }

    private static @Nullable BigDecimal decimal(String text) {
        // Plain decimals only: an exponent could make a number of a billion digits.
        return text.length() <= 30 && text.matches("-?[0-9]+(\\.[0-9]+)?") ? new BigDecimal(text) : null;
    }
}
