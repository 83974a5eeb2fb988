package io.perennial.segments;

import io.perennial.customers.SuppressionReason;
import io.perennial.kernel.RfmName;
import io.perennial.segments.OrderFilter.Among;
import io.perennial.segments.OrderFilter.Amount;
import io.perennial.segments.OrderFilter.OrderStatus;
import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Attribute;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.ConsentIs;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Member;
import io.perennial.segments.Rule.Orders;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Valid rules of every shape. */
final class RandomRules {

    static final List<String> KINDS =
            List.of("MAIL_SENT", "MAIL_OPENED", "MAIL_CLICKED", "VOUCHER_GIVEN", "VOUCHER_REDEEMED", "VOUCHER_LAPSED");

    private final Random random;
    private final LocalDate today;
    private final List<SegmentId> segments;

    RandomRules(Random random, LocalDate today) {
        this(random, today, List.of());
    }

    /**
     * @param segments that may be referred to
     */
    RandomRules(Random random, LocalDate today, List<SegmentId> segments) {
        this.random = random;
        this.today = today;
        this.segments = segments;
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

    Rule leaf() {
        return switch (random.nextInt(segments.isEmpty() ? 8 : 9)) {
            case 0, 1 -> orders();
            case 2 -> activity();
            case 3 -> consent();
            case 4 -> attribute(pick(RandomAttributes.ALL));
            case 8 -> new Member(pick(segments), random.nextBoolean());
            default -> condition(pick(List.of(Field.values())));
        };
    }

    Condition condition(Field field) {
        Operands operands = operands(field.type(), () -> value(field));
        return new Condition(field, operands.operator(), operands.values());
    }

    Attribute attribute(RuleAttribute attribute) {
        Operands operands = operands(attribute.fieldType(), () -> pick(RandomAttributes.wanted(attribute.type())));
        return new Attribute(attribute.key(), operands.operator(), operands.values());
    }

    private record Operands(Operator operator, List<String> values) {}

    private Operands operands(FieldType type, Supplier<String> value) {
        Operator operator = pick(List.copyOf(type.operators()));
        List<String> values = new ArrayList<>();
        int count = operator.takesSeveral() ? 1 + random.nextInt(3) : operator.leastValues();
        for (int i = 0; i < count; i++) {
            values.add(operator.takesDays() ? Integer.toString(1 + random.nextInt(100)) : value.get());
        }
        if (operator.takesSeveral()) {
            values = values.stream().distinct().toList();
        }
        return new Operands(operator, operator == Operator.BETWEEN ? ascending(type, values) : values);
    }

    private static List<String> ascending(FieldType type, List<String> values) {
        boolean wrong = type.isDate()
                ? values.get(0).compareTo(values.get(1)) > 0
                : new BigDecimal(values.get(0)).compareTo(new BigDecimal(values.get(1))) > 0;
        return wrong ? values.reversed() : values;
    }

    private String value(Field field) {
        return switch (field) {
            case FIRST_NAME, LAST_NAME -> pick(List.of("Ada", "adela", "JIŘÍ", "l", "strasse", "%", "_x", "Š", "a"));
            case EMAIL -> pick(List.of("person1@shop.example", "Person2", "mail.example", "@SHOP", ".example"));
            case PHONE -> pick(List.of("+420", "601", "+420 603", "3"));
            case EXTERNAL_ID -> pick(List.of("K1", "k1", "K12", "2"));
            case CITY -> pick(List.of("Praha", "PLZEN", "dakovo", "lodz", "New", "'; DROP TABLE customer; --", "n"));
            case COUNTRY -> pick(List.of("CZ", "PL", "cz"));
            case LOCALE -> pick(List.of("cs-CZ", "pl-PL"));
            case ZONE -> pick(List.of("Europe/Prague", "asia/tokyo"));
            case GENDER -> pick(List.of("f", "m"));
            case TAG -> pick(List.of("vip", "CAFE", "unused"));
            case SUPPRESSED -> pick(List.of("true", "false"));
            case SUPPRESSION_REASON -> pick(List.of(SuppressionReason.values())).name();
            case BIRTHDAY ->
                LocalDate.of(1950 + random.nextInt(55), 1 + random.nextInt(12), 1)
                        .toString();
            case BIRTHDAY_MONTH -> Integer.toString(1 + random.nextInt(12));
            case CUSTOMER_SINCE, FIRST_ORDER_ON, LAST_ORDER_ON ->
                today.minusDays(random.nextInt(100)).toString();
            case RFM_RECENCY, RFM_FREQUENCY, RFM_MONETARY -> Integer.toString(1 + random.nextInt(5));
            case RFM_NAME -> pick(List.of(RfmName.values())).name();
            case CHURN_RISK ->
                random.nextInt(5) == 0 ? "0" : "0." + (1 + random.nextInt(9)); // as the builder writes it
            case VALUE, CLV -> Integer.toString(random.nextInt(300));
            case ORDERS -> Integer.toString(random.nextInt(4));
            case AGE -> Integer.toString(20 + random.nextInt(50));
            case LATE_BY_DAYS -> Integer.toString(random.nextInt(120) - 40);
            case BIRTHDAY_IN_DAYS, CUSTOMER_SINCE_DAYS, DAYS_SINCE_FIRST_ORDER, DAYS_SINCE_LAST_ORDER ->
                Integer.toString(random.nextInt(100));
        };
    }

    Consent consent() {
        ConsentIs status = pick(List.of(ConsentIs.values()));
        List<String> topics = random.nextBoolean() ? RandomCustomers.TOPICS : List.of(pick(RandomCustomers.TOPICS));
        return new Consent(topics, status, status.hasTime() ? window() : Window.ever());
    }

    Orders orders() {
        List<Measure> measures = new ArrayList<>();
        for (int n = random.nextInt(3) == 0 ? 2 : 1; n > 0; n--) {
            measures.add(measure(pick(List.of(Aggregate.values()))));
        }
        return new Orders(measures, window(), filter());
    }

    private Measure measure(Aggregate aggregate) {
        Operator operator = pick(List.copyOf(Measure.OPERATORS));
        int value = switch (aggregate) {
            case COUNT, QUANTITY, PRODUCTS -> random.nextInt(4);
            case VALUE, AVERAGE_VALUE -> 5 * random.nextInt(30);
            case DAYS_SINCE_FIRST, DAYS_SINCE_LAST -> random.nextInt(100);
        };
        String low = Integer.toString(value);
        return operator == Operator.BETWEEN
                ? Measure.of(aggregate, operator, low, Integer.toString(value + random.nextInt(50)))
                : Measure.of(aggregate, operator, low);
    }

    private OrderFilter filter() {
        OrderFilter plain = OrderFilter.none();
        if (random.nextInt(3) == 0) {
            return plain;
        }
        return new OrderFilter(
                random.nextInt(3) == 0 ? pick(List.of(OrderStatus.values())) : OrderStatus.VALID,
                among(List.of("coffee", "Tea", "salky", "none such")),
                among(List.of("espresso", "SKU1", "sku1", "Mug")),
                random.nextInt(4) == 0
                        ? new Amount(Operator.BETWEEN, List.of(Integer.toString(random.nextInt(50)), "60"))
                        : null,
                random.nextInt(4) == 0 ? some(DayOfWeek.values()) : List.of(),
                random.nextInt(5) == 0 ? some(Month.values()) : List.of());
    }

    private @Nullable Among among(List<String> values) {
        if (random.nextInt(3) > 0) {
            return null;
        }
        Set<String> some = new TreeSet<>(List.of(pick(values), pick(values)));
        return new Among(List.copyOf(some), random.nextInt(3) == 0);
    }

    private <E extends Enum<E>> List<E> some(E[] values) {
        return List.copyOf(new TreeSet<>(List.of(pick(List.of(values)), pick(List.of(values)), pick(List.of(values)))));
    }

    /** About nothing in particular; {@link RuleMeaningTest} puts mailings and promotions in. */
    Activity activity() {
        return activity(pick(KINDS), List.of());
    }

    Activity activity(String kind, List<Long> about) {
        Aggregate aggregate =
                pick(List.of(Aggregate.COUNT, Aggregate.COUNT, Aggregate.DAYS_SINCE_FIRST, Aggregate.DAYS_SINCE_LAST));
        return new Activity(
                kind,
                measure(aggregate),
                window(),
                about.isEmpty() || random.nextBoolean()
                        ? List.of()
                        : List.of(pick(about).toString()),
                kind.equals("MAIL_CLICKED") && random.nextInt(3) == 0 ? List.of("1") : List.of());
    }

    Window window() {
        LocalDate from = today.minusDays(random.nextInt(100));
        return switch (random.nextInt(7)) {
            case 0 -> Window.ever();
            case 1 -> Window.lastDays(1 + random.nextInt(100));
            case 2 -> new Window.Last(1 + random.nextInt(4), pick(List.of(Window.Unit.values())));
            case 3 -> {
                int least = random.nextInt(60);
                yield new Window.Ago(least, least + random.nextInt(40));
            }
            case 4 -> new Window.Calendar(pick(List.of(Window.Piece.values())));
            case 5 ->
                Window.between(
                        from.toString(), from.plusDays(random.nextInt(30)).toString());
            default ->
                random.nextBoolean() ? Window.between(from.toString(), null) : Window.between(null, from.toString());
        };
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
