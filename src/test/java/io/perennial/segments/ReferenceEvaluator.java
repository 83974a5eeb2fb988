package io.perennial.segments;

import com.ibm.icu.text.CollationElementIterator;
import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RuleBasedCollator;
import io.perennial.segments.CustomerFacts.Line;
import io.perennial.segments.CustomerFacts.Order;
import io.perennial.segments.CustomerFacts.Summary;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Operator;
import io.perennial.segments.Rule.Orders;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a rule means, one customer at a time and without SQL: the measure that the compiled query is held against. */
final class ReferenceEvaluator {

    private static final RuleBasedCollator COLLATOR = (RuleBasedCollator) Collator.getInstance(Locale.ROOT);

    private final RuleContext context;

    ReferenceEvaluator(RuleContext context) {
        this.context = context;
    }

    boolean matches(Rule rule, CustomerFacts customer) {
        return switch (rule) {
            case Group group ->
                switch (group.match()) {
                    case ALL -> group.rules().stream().allMatch(r -> matches(r, customer));
                    case ANY -> group.rules().stream().anyMatch(r -> matches(r, customer));
                    case NONE -> group.rules().stream().noneMatch(r -> matches(r, customer));
                };
            case Condition condition -> condition(condition, customer);
            case Orders orders -> orders(orders, customer);
        };
    }

    private boolean condition(Condition condition, CustomerFacts c) {
        Summary s = c.summary();
        return switch (condition.field()) {
            case FIRST_NAME -> text(condition, c.firstName());
            case LAST_NAME -> text(condition, c.lastName());
            case EMAIL -> text(condition, c.email());
            case CITY -> text(condition, c.city());
            case COUNTRY -> text(condition, c.country());
            case LOCALE -> text(condition, c.locale());
            case GENDER -> text(condition, c.gender());
            case TAG -> member(condition, c.tags());
            case CONSENT_TOPIC -> member(condition, c.topics());
            case SUPPRESSED ->
                c.suppressed() == Boolean.parseBoolean(condition.values().getFirst());
            case AGE -> number(condition, age(c.birthday()));
            case BIRTHDAY_IN_DAYS -> number(condition, daysToBirthday(c.birthday()));
            case CUSTOMER_SINCE_DAYS -> number(condition, daysSince(c.createdAt()));
            case DAYS_SINCE_FIRST_ORDER -> number(condition, daysSince(s == null ? null : s.first()));
            case DAYS_SINCE_LAST_ORDER -> number(condition, daysSince(s == null ? null : s.last()));
            case ORDERS -> number(condition, BigDecimal.valueOf(s == null ? 0 : s.orders()));
            case VALUE -> number(condition, s == null ? BigDecimal.ZERO : s.value());
            case RFM_RECENCY, RFM_FREQUENCY, RFM_MONETARY ->
                number(condition, s == null || s.recency() == null ? null : BigDecimal.valueOf(s.recency()));
            case CHURN_RISK ->
                number(
                        condition,
                        s == null || s.churnRisk() == null
                                ? null
                                : new BigDecimal(s.churnRisk().toString()));
            case CLV -> number(condition, s == null ? null : s.clv());
        };
    }

    private static boolean text(Condition condition, @Nullable String value) {
        List<String> wanted = condition.values();
        return switch (condition.operator()) {
            case IS_NOT -> value == null || !same(value, wanted.getFirst());
            case IS_UNKNOWN -> value == null || value.isBlank();
            case IS_KNOWN -> value != null && !value.isBlank();
            case IS, IS_ANY_OF -> value != null && wanted.stream().anyMatch(w -> same(value, w));
            case STARTS_WITH ->
                value != null && Collections.indexOfSubList(characters(value), characters(wanted.getFirst())) == 0;
            case CONTAINS ->
                value != null && Collections.indexOfSubList(characters(value), characters(wanted.getFirst())) >= 0;
            default -> throw new IllegalArgumentException("Text knows no " + condition.operator());
        };
    }

    private static boolean member(Condition condition, Set<String> values) {
        return switch (condition.operator()) {
            case IS, IS_ANY_OF ->
                condition.values().stream().anyMatch(w -> values.stream().anyMatch(v -> same(v, w)));
            case IS_NOT ->
                values.stream().noneMatch(v -> same(v, condition.values().getFirst()));
            case IS_KNOWN -> !values.isEmpty();
            case IS_UNKNOWN -> values.isEmpty();
            default -> throw new IllegalArgumentException("Sets know no " + condition.operator());
        };
    }

    private static boolean number(Condition condition, @Nullable BigDecimal value) {
        if (value == null) {
            return condition.operator() == Operator.IS_UNKNOWN || condition.operator() == Operator.IS_NOT;
        }
        return switch (condition.operator()) {
            case IS_KNOWN -> true;
            case IS_UNKNOWN -> false;
            default ->
                compare(
                        condition.operator(),
                        value,
                        condition.values().getFirst(),
                        condition.values().getLast());
        };
    }

    private boolean orders(Orders rule, CustomerFacts c) {
        List<Order> orders = c.orders().stream()
                .filter(Order::valid)
                .filter(o -> inWindow(rule, o.at()))
                .toList();
        BigDecimal value = BigDecimal.ZERO;
        BigDecimal quantity = BigDecimal.ZERO;
        int count = 0;
        boolean byLine =
                rule.category() != null || rule.product() != null || rule.aggregate() == Rule.Aggregate.QUANTITY;
        for (Order order : orders) {
            if (!byLine) {
                count++;
                value = value.add(order.netValue().subtract(order.refunded()));
                continue;
            }
            List<Line> lines = order.lines().stream().filter(fits(rule)).toList();
            if (!lines.isEmpty()) {
                count++;
            }
            for (Line line : lines) {
                quantity = quantity.add(line.quantity());
                value = value.add(line.netValue()
                        .multiply(order.netValue().subtract(order.refunded()))
                        .divide(order.netValue(), 12, RoundingMode.HALF_UP));
            }
        }
        String second = rule.upTo() == null ? rule.value() : rule.upTo();
        return switch (rule.aggregate()) {
            case COUNT -> compare(rule.operator(), BigDecimal.valueOf(count), rule.value(), second);
            case VALUE -> compare(rule.operator(), value, rule.value(), second);
            case QUANTITY -> compare(rule.operator(), quantity, rule.value(), second);
            case AVERAGE_VALUE ->
                count > 0
                        && compare(
                                rule.operator(),
                                value,
                                new BigDecimal(rule.value())
                                        .multiply(BigDecimal.valueOf(count))
                                        .toPlainString(),
                                new BigDecimal(second)
                                        .multiply(BigDecimal.valueOf(count))
                                        .toPlainString());
        };
    }

    private static Predicate<Line> fits(Orders rule) {
        return line -> (rule.category() == null || (line.category() != null && same(line.category(), rule.category())))
                && (rule.product() == null
                        || rule.product().equals(line.sku())
                        || same(line.product(), rule.product()));
    }

    private boolean inWindow(Orders rule, Instant at) {
        LocalDate day = at.atZone(context.zone()).toLocalDate();
        Integer days = rule.window().lastDays();
        String from = rule.window().from();
        String until = rule.window().until();
        return (days == null || day.isAfter(context.today().minusDays(days)))
                && (from == null || !day.isBefore(LocalDate.parse(from)))
                && (until == null || !day.isAfter(LocalDate.parse(until)));
    }

    private static boolean compare(Operator operator, BigDecimal number, String value, String second) {
        int order = number.compareTo(new BigDecimal(value));
        return switch (operator) {
            case IS -> order == 0;
            case IS_NOT -> order != 0;
            case AT_LEAST -> order >= 0;
            case AT_MOST -> order <= 0;
            case MORE_THAN -> order > 0;
            case LESS_THAN -> order < 0;
            case BETWEEN -> order >= 0 && number.compareTo(new BigDecimal(second)) <= 0;
            default -> throw new IllegalArgumentException("Numbers know no " + operator);
        };
    }

    private @Nullable BigDecimal age(@Nullable LocalDate birthday) {
        return birthday == null ? null : BigDecimal.valueOf(ChronoUnit.YEARS.between(birthday, context.today()));
    }

    private @Nullable BigDecimal daysToBirthday(@Nullable LocalDate birthday) {
        if (birthday == null) {
            return null;
        }
        LocalDate next = birthday.plusYears(context.today().getYear() - birthday.getYear());
        if (next.isBefore(context.today())) {
            next = birthday.plusYears(context.today().getYear() - birthday.getYear() + 1L);
        }
        return BigDecimal.valueOf(ChronoUnit.DAYS.between(context.today(), next));
    }

    private @Nullable BigDecimal daysSince(@Nullable Instant at) {
        return at == null
                ? null
                : BigDecimal.valueOf(
                        ChronoUnit.DAYS.between(at.atZone(context.zone()).toLocalDate(), context.today()));
    }

    private static boolean same(String a, String b) {
        return letters(a.stripTrailing()).equals(letters(b.stripTrailing()));
    }

    /** LIKE goes character by character: there {@code ß} is one letter, where for equality it is two. */
    private static List<List<Integer>> characters(String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(ReferenceEvaluator::letters)
                .toList();
    }

    /** The letters that count: case and accents do not. */
    private static List<Integer> letters(String text) {
        List<Integer> letters = new ArrayList<>();
        CollationElementIterator elements = COLLATOR.getCollationElementIterator(text);
        for (int e = elements.next(); e != CollationElementIterator.NULLORDER; e = elements.next()) {
            int primary = CollationElementIterator.primaryOrder(e);
            if (primary != 0) {
                letters.add(primary);
            }
        }
        return letters;
    }
}
