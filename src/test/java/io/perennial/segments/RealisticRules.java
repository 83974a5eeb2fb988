package io.perennial.segments;

import static io.perennial.segments.Rule.Condition.of;

import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Orders;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules as businesses make them, for measuring: about a third each of profile, summary, and orders in a window. */
final class RealisticRules {

    /** How fast a count must be: people on their own data, or orders of a window. */
    enum Kind {
        PROFILE(300),
        SUMMARY(300),
        ORDERS(1_000);

        private final int millis;

        Kind(int millis) {
            this.millis = millis;
        }

        /** The time that 19 of 20 counts should not exceed for a million customers. */
        int millis() {
            return millis;
        }
    }

    record Named(Kind kind, String name, Rule rule) {}

    private final LocalDate today;
    private final List<Named> rules = new ArrayList<>();

    private RealisticRules(LocalDate today) {
        this.today = today;
    }

    static List<Named> on(LocalDate today) {
        RealisticRules all = new RealisticRules(today);
        all.profile();
        all.summary();
        all.orders();
        return all.rules;
    }

    private void profile() {
        Rule praha = of(Field.CITY, Operator.IS, "Praha");
        Rule news = new Rule.Consent(List.of("news"), Rule.ConsentIs.GRANTED, Window.ever());
        Rule free = of(Field.SUPPRESSED, Operator.IS, "false");
        add(Kind.PROFILE, "in Praha", praha);
        add(Kind.PROFILE, "in one of three cities", of(Field.CITY, Operator.IS_ANY_OF, "Praha", "Brno", "Ostrava"));
        add(Kind.PROFILE, "not in Praha", of(Field.CITY, Operator.IS_NOT, "Praha"));
        add(Kind.PROFILE, "aged 25 to 40", of(Field.AGE, Operator.BETWEEN, "25", "40"));
        add(Kind.PROFILE, "birthday within a week", of(Field.BIRTHDAY_IN_DAYS, Operator.AT_MOST, "7"));
        add(Kind.PROFILE, "known for 30 days at most", of(Field.CUSTOMER_SINCE_DAYS, Operator.AT_MOST, "30"));
        add(Kind.PROFILE, "wants news", news);
        add(Kind.PROFILE, "tagged vip", of(Field.TAG, Operator.IS, "vip"));
        add(
                Kind.PROFILE,
                "women of 30 to 50 in Praha",
                all(praha, of(Field.GENDER, Operator.IS, "f"), of(Field.AGE, Operator.BETWEEN, "30", "50")));
        add(
                Kind.PROFILE,
                "wants news, not suppressed, in Slovakia",
                all(news, free, of(Field.COUNTRY, Operator.IS, "SK")));
    }

    private void summary() {
        Rule news = new Rule.Consent(List.of("news"), Rule.ConsentIs.GRANTED, Window.ever());
        Rule praha = of(Field.CITY, Operator.IS, "Praha");
        add(Kind.SUMMARY, "three orders or more", of(Field.ORDERS, Operator.AT_LEAST, "3"));
        add(Kind.SUMMARY, "spent 5,000 or more", of(Field.VALUE, Operator.AT_LEAST, "5000"));
        add(
                Kind.SUMMARY,
                "bought twice, silent for 90 days",
                all(
                        of(Field.ORDERS, Operator.AT_LEAST, "2"),
                        of(Field.DAYS_SINCE_LAST_ORDER, Operator.AT_LEAST, "90")));
        add(
                Kind.SUMMARY,
                "at risk and worth it",
                all(of(Field.CHURN_RISK, Operator.MORE_THAN, "0.66"), of(Field.VALUE, Operator.AT_LEAST, "3000")));
        add(
                Kind.SUMMARY,
                "champions by RFM",
                all(of(Field.RFM_RECENCY, Operator.AT_LEAST, "4"), of(Field.RFM_FREQUENCY, Operator.AT_LEAST, "4")));
        add(
                Kind.SUMMARY,
                "never bought, known for a month",
                all(of(Field.ORDERS, Operator.IS, "0"), of(Field.CUSTOMER_SINCE_DAYS, Operator.MORE_THAN, "30")));
        add(
                Kind.SUMMARY,
                "wants news, silent for half a year",
                all(news, of(Field.DAYS_SINCE_LAST_ORDER, Operator.AT_LEAST, "180")));
        add(
                Kind.SUMMARY,
                "in Praha, spent 2,000, wants news",
                all(praha, of(Field.VALUE, Operator.AT_LEAST, "2000"), news));
        add(
                Kind.SUMMARY,
                "vip or spent 10,000, in no way suppressed",
                all(
                        any(of(Field.TAG, Operator.IS, "vip"), of(Field.VALUE, Operator.AT_LEAST, "10000")),
                        new Group(Match.NONE, List.of(of(Field.SUPPRESSED, Operator.IS, "true")))));
        add(
                Kind.SUMMARY,
                "bought once, within two months",
                all(of(Field.ORDERS, Operator.IS, "1"), of(Field.DAYS_SINCE_FIRST_ORDER, Operator.AT_MOST, "60")));
    }

    private void orders() {
        add(Kind.ORDERS, "three orders in 90 days", count(Operator.AT_LEAST, "3", Window.lastDays(90)));
        add(
                Kind.ORDERS,
                "none in 30 days, some in a year",
                all(
                        count(Operator.AT_MOST, "0", Window.lastDays(30)),
                        count(Operator.AT_LEAST, "1", Window.lastDays(365))));
        add(
                Kind.ORDERS,
                "spent 2,000 in a year",
                orders(Aggregate.VALUE, Operator.AT_LEAST, "2000", Window.lastDays(365), null, null));
        add(
                Kind.ORDERS,
                "800 an order on average, ever",
                orders(Aggregate.AVERAGE_VALUE, Operator.AT_LEAST, "800", Window.ever(), null, null));
        add(
                Kind.ORDERS,
                "coffee twice in 60 days",
                orders(Aggregate.COUNT, Operator.AT_LEAST, "2", Window.lastDays(60), "Coffee", null));
        add(
                Kind.ORDERS,
                "a product in half a year",
                orders(Aggregate.COUNT, Operator.AT_LEAST, "1", Window.lastDays(180), null, "S10003"));
        add(
                Kind.ORDERS,
                "five pieces in 30 days",
                orders(Aggregate.QUANTITY, Operator.AT_LEAST, "5", Window.lastDays(30), null, null));
        add(
                Kind.ORDERS,
                "tea once, none in half a year",
                all(
                        orders(Aggregate.COUNT, Operator.AT_LEAST, "1", Window.ever(), "Tea", null),
                        orders(Aggregate.COUNT, Operator.AT_MOST, "0", Window.lastDays(180), "Tea", null)));
        add(
                Kind.ORDERS,
                "bought last Christmas, not this autumn",
                all(
                        count(Operator.AT_LEAST, "1", season(11, 15, 12, 24)),
                        count(Operator.AT_MOST, "0", Window.lastDays(90))));
        add(
                Kind.ORDERS,
                "in Praha, spent 1,000 in half a year",
                all(
                        of(Field.CITY, Operator.IS, "Praha"),
                        orders(Aggregate.VALUE, Operator.AT_LEAST, "1000", Window.lastDays(180), null, null)));
    }

    private Window season(int month, int day, int untilMonth, int untilDay) {
        int year = today.getYear() - 1;
        return Window.between(
                LocalDate.of(year, month, day).toString(),
                LocalDate.of(year, untilMonth, untilDay).toString());
    }

    private void add(Kind kind, String name, Rule rule) {
        rules.add(new Named(kind, name, rule));
    }

    private static Rule count(Operator operator, String value, Window window) {
        return orders(Aggregate.COUNT, operator, value, window, null, null);
    }

    private static Rule orders(
            Aggregate aggregate,
            Operator operator,
            String value,
            Window window,
            @Nullable String category,
            @Nullable String product) {
        OrderFilter filter = category == null ? OrderFilter.none() : OrderFilter.category(category);
        return Orders.of(aggregate, operator, value, window)
                .only(product == null ? filter : filter.withProducts(new OrderFilter.Among(List.of(product), false)));
    }

    private static Rule all(Rule... rules) {
        return new Group(Match.ALL, List.of(rules));
    }

    private static Rule any(Rule... rules) {
        return new Group(Match.ANY, List.of(rules));
    }
}
