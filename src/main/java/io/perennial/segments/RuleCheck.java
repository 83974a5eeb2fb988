package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Operator;
import io.perennial.segments.Rule.Orders;
import io.perennial.segments.Rule.Window;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong in a rule, with the place of each fault. A rule without problems compiles. */
final class RuleCheck {

    static final int DEEPEST = 5;
    static final int MOST_CONDITIONS = 60;
    static final int LONGEST_TEXT = 200;
    static final int LONGEST_WINDOW = 36_500;

    private final List<RuleProblem> problems = new ArrayList<>();
    private int conditions;

    private RuleCheck() {}

    static List<RuleProblem> problemsOf(Rule rule) {
        RuleCheck check = new RuleCheck();
        check.visit(rule, "", 0);
        if (check.conditions > MOST_CONDITIONS) {
            check.problem("", "segments.problem.too_many", MOST_CONDITIONS);
        }
        return List.copyOf(check.problems);
    }

    private void visit(Rule rule, String path, int depth) {
        switch (rule) {
            case Group group -> group(group, path, depth);
            case Condition condition -> condition(condition, path);
            case Orders orders -> orders(orders, path);
        }
    }

    private void group(Group group, String path, int depth) {
        if (depth > DEEPEST) {
            problem(path, "segments.problem.too_deep", DEEPEST);
            return;
        }
        if (group.rules().isEmpty() && (depth > 0 || group.match() != Match.ALL)) {
            problem(path, "segments.problem.empty_group");
        }
        for (int i = 0; i < group.rules().size(); i++) {
            visit(group.rules().get(i), path + "/" + i, depth + 1);
        }
    }

    private void condition(Condition condition, String path) {
        conditions++;
        FieldType type = condition.field().type();
        Operator operator = condition.operator();
        if (!type.operators().contains(operator)) {
            problem(path, "segments.problem.operator");
            return;
        }
        List<String> values = condition.values();
        if (values.size() < operator.leastValues()) {
            problem(path, "segments.problem.value_missing");
            return;
        }
        if (values.size() > operator.mostValues()) {
            problem(path, "segments.problem.too_many_values", operator.mostValues());
            return;
        }
        for (String value : values) {
            value(type, value, path);
        }
        if (operator == Operator.BETWEEN) {
            ascending(values.get(0), values.get(1), path);
        }
    }

    private void value(FieldType type, String value, String path) {
        if (value.isBlank()) {
            problem(path, "segments.problem.value_missing");
        } else if (type.isNumeric()) {
            number(value, type.least(), type.most(), type.decimals(), path);
        } else if (type == FieldType.YES_NO && !Set.of("true", "false").contains(value)) {
            problem(path, "segments.problem.yes_no");
        } else if (value.length() > LONGEST_TEXT) {
            problem(path, "segments.problem.too_long", LONGEST_TEXT);
        }
    }

    private void orders(Orders orders, String path) {
        conditions++;
        if (!Orders.OPERATORS.contains(orders.operator())) {
            problem(path, "segments.problem.operator");
            return;
        }
        boolean whole = orders.aggregate() == Rule.Aggregate.COUNT;
        int decimals = whole ? 0 : 4;
        number(orders.value(), BigDecimal.ZERO, FieldType.MONEY.most(), decimals, path);
        if (orders.operator() == Operator.BETWEEN) {
            String upTo = orders.upTo();
            number(upTo == null ? "" : upTo, BigDecimal.ZERO, FieldType.MONEY.most(), decimals, path);
            ascending(orders.value(), upTo, path);
        }
        for (String text : new @Nullable String[] {orders.category(), orders.product()}) {
            if (text != null && text.isBlank()) {
                problem(path, "segments.problem.value_missing");
            } else if (text != null && text.length() > LONGEST_TEXT) {
                problem(path, "segments.problem.too_long", LONGEST_TEXT);
            }
        }
        window(orders.window(), path);
    }

    private void window(Window window, String path) {
        Integer days = window.lastDays();
        if (days != null && (days < 1 || days > LONGEST_WINDOW)) {
            problem(path, "segments.problem.days", LONGEST_WINDOW);
        }
        if (days != null && (window.from() != null || window.until() != null)) {
            problem(path, "segments.problem.window_mixed");
        }
        LocalDate from = date(window.from(), path);
        LocalDate until = date(window.until(), path);
        if (from != null && until != null && from.isAfter(until)) {
            problem(path, "segments.problem.window_backwards");
        }
    }

    private @Nullable LocalDate date(@Nullable String text, String path) {
        if (text == null) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() >= 1900 && date.getYear() <= 9000) {
                return date;
            }
        } catch (DateTimeException e) {
            // said below, as for a year out of range
        }
        problem(path, "segments.problem.date", text);
        return null;
    }

    private void number(String text, BigDecimal least, BigDecimal most, int decimals, String path) {
        if (text.isBlank()) {
            problem(path, "segments.problem.value_missing");
            return;
        }
        BigDecimal number = decimal(text);
        if (number == null) {
            problem(path, "segments.problem.number", text);
        } else if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
            problem(path, "segments.problem.range", least, most);
        } else if (number.stripTrailingZeros().scale() > decimals) {
            problem(path, decimals == 0 ? "segments.problem.whole" : "segments.problem.decimals", decimals);
        }
    }

    private void ascending(String low, @Nullable String high, String path) {
        BigDecimal from = decimal(low);
        BigDecimal to = high == null ? null : decimal(high);
        if (from != null && to != null && from.compareTo(to) > 0) {
            problem(path, "segments.problem.backwards");
        }
    }

    private static @Nullable BigDecimal decimal(String text) {
        // Plain decimals only: an exponent could make a number of a billion digits.
        return text.length() <= 30 && text.matches("-?\\d+(\\.\\d+)?") ? new BigDecimal(text) : null;
    }

    private void problem(String path, String key, Object... params) {
        problems.add(new RuleProblem(path.isEmpty() ? "/" : path, t(key, params)));
    }
}
