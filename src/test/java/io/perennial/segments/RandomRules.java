package io.perennial.segments;

import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Operator;
import io.perennial.segments.Rule.Orders;
import io.perennial.segments.Rule.Window;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Valid rules of every shape. */
final class RandomRules {

    private final Random random;
    private final LocalDate today;

    RandomRules(Random random, LocalDate today) {
        this.random = random;
        this.today = today;
    }

    Rule next() {
        return group(0);
    }

    private Rule group(int depth) {
        List<Rule> rules = new ArrayList<>();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            rules.add(depth < 3 && random.nextInt(4) == 0 ? group(depth + 1) : leaf());
        }
        return new Group(pick(List.of(Match.values())), rules);
    }

    private Rule leaf() {
        return random.nextInt(3) == 0 ? orders() : condition(pick(List.of(Field.values())));
    }

    Condition condition(Field field) {
        Operator operator = pick(List.copyOf(field.type().operators()));
        List<String> values = new ArrayList<>();
        int count = operator == Operator.IS_ANY_OF ? 1 + random.nextInt(3) : operator.leastValues();
        for (int i = 0; i < count; i++) {
            values.add(value(field));
        }
        if (operator == Operator.BETWEEN && Double.parseDouble(values.get(0)) > Double.parseDouble(values.get(1))) {
            values = values.reversed();
        }
        return new Condition(field, operator, values);
    }

    private String value(Field field) {
        return switch (field) {
            case FIRST_NAME, LAST_NAME -> pick(List.of("Ada", "adela", "JIŘÍ", "l", "strasse", "%", "_x", "Š"));
            case EMAIL -> pick(List.of("person1@shop.example", "Person2", "mail.example", "@SHOP"));
            case CITY -> pick(List.of("Praha", "PLZEN", "dakovo", "lodz", "New", "'; DROP TABLE customer; --"));
            case COUNTRY -> pick(List.of("CZ", "PL", "cz"));
            case LOCALE -> pick(List.of("cs-CZ", "pl-PL"));
            case GENDER -> pick(List.of("f", "m"));
            case TAG -> pick(List.of("vip", "CAFE", "unused"));
            case CONSENT_TOPIC -> pick(RandomCustomers.TOPICS);
            case SUPPRESSED -> pick(List.of("true", "false"));
            case RFM_RECENCY, RFM_FREQUENCY, RFM_MONETARY -> Integer.toString(1 + random.nextInt(5));
            case CHURN_RISK -> "0." + random.nextInt(10);
            case VALUE, CLV -> Integer.toString(random.nextInt(300));
            case ORDERS -> Integer.toString(random.nextInt(4));
            case AGE -> Integer.toString(20 + random.nextInt(50));
            case BIRTHDAY_IN_DAYS, CUSTOMER_SINCE_DAYS, DAYS_SINCE_FIRST_ORDER, DAYS_SINCE_LAST_ORDER ->
                Integer.toString(random.nextInt(100));
        };
    }

    Orders orders() {
        Aggregate aggregate = pick(List.of(Aggregate.values()));
        Operator operator = pick(List.copyOf(Orders.OPERATORS));
        int value = aggregate == Aggregate.COUNT || aggregate == Aggregate.QUANTITY
                ? random.nextInt(4)
                : 5 * random.nextInt(30);
        return new Orders(
                aggregate,
                operator,
                Integer.toString(value),
                operator == Operator.BETWEEN ? Integer.toString(value + random.nextInt(50)) : null,
                window(),
                maybe(List.of("coffee", "Tea", "salky", "none such")),
                maybe(List.of("espresso", "SKU1", "sku1", "Mug")));
    }

    private Window window() {
        LocalDate from = today.minusDays(random.nextInt(100));
        return switch (random.nextInt(4)) {
            case 0 -> Window.ever();
            case 1 -> Window.lastDays(1 + random.nextInt(100));
            case 2 ->
                Window.between(
                        from.toString(), from.plusDays(random.nextInt(30)).toString());
            default ->
                random.nextBoolean() ? Window.between(from.toString(), null) : Window.between(null, from.toString());
        };
    }

    private @Nullable String maybe(List<String> values) {
        return random.nextInt(3) == 0 ? pick(values) : null;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
