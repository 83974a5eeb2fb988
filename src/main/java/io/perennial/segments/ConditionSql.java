package io.perennial.segments;

import io.perennial.kernel.RfmName;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The predicates of conditions on a customer's own fields and summary. */
final class ConditionSql {

    private static final String SECONDS_A_DAY = "86400";

    private final SqlBuilder sql;
    private final RuleContext context;
    private final ValueSql values;
    private final String customer;
    private final String summary;

    /** Over {@code customer c} and {@code customer_summary s}. */
    ConditionSql(SqlBuilder sql, RuleContext context) {
        this(sql, context, "c.", "s.");
    }

    /**
     * @param customer what stands before the customer's own columns: constant SQL
     * @param summary what stands before the summary's
     */
    ConditionSql(SqlBuilder sql, RuleContext context, String customer, String summary) {
        this.sql = sql;
        this.context = context;
        this.values = new ValueSql(sql, context);
        this.customer = customer;
        this.summary = summary;
    }

    static boolean readsSummary(Field field) {
        return switch (field) {
            case ORDERS,
                    VALUE,
                    DAYS_SINCE_FIRST_ORDER,
                    DAYS_SINCE_LAST_ORDER,
                    FIRST_ORDER_ON,
                    LAST_ORDER_ON,
                    LATE_BY_DAYS,
                    RFM_RECENCY,
                    RFM_FREQUENCY,
                    RFM_MONETARY,
                    RFM_NAME,
                    CHURN_RISK,
                    CLV -> true;
            default -> false;
        };
    }

    void append(Condition condition) {
        sql.add("(");
        switch (condition.field()) {
            case FIRST_NAME -> values.text(customer + "first_name", condition);
            case LAST_NAME -> values.text(customer + "last_name", condition);
            case EMAIL -> values.text(customer + "email", lowerCase(condition));
            case PHONE -> values.text(customer + "phone", condition);
            case EXTERNAL_ID -> values.text(customer + "external_id", condition);
            case CITY -> values.text(customer + "city", condition);
            case COUNTRY -> values.text(customer + "country", condition);
            case LOCALE -> values.text(customer + "locale", condition);
            case ZONE -> values.text(customer + "zone", condition);
            case GENDER -> values.text(customer + "gender", condition);
            case TAG -> tag(condition);
            case SUPPRESSED -> suppressed(condition.values().getFirst().equals("true"), List.of());
            case SUPPRESSION_REASON -> suppressionReason(condition);
            case AGE ->
                values.number(
                        customer + "birthday",
                        "TIMESTAMPDIFF(YEAR, " + customer + "birthday, ?)",
                        condition,
                        context.today());
            case BIRTHDAY -> values.day(customer + "birthday", condition);
            case BIRTHDAY_MONTH -> month(condition);
            case BIRTHDAY_IN_DAYS -> daysToBirthday(condition);
            case CUSTOMER_SINCE_DAYS -> daysSince(customer + "created_at", condition);
            case CUSTOMER_SINCE -> values.dayOfInstant(customer + "created_at", condition);
            case DAYS_SINCE_FIRST_ORDER -> daysSince(summary + "first_order_at", condition);
            case DAYS_SINCE_LAST_ORDER -> daysSince(summary + "last_order_at", condition);
            case FIRST_ORDER_ON -> values.dayOfInstant(summary + "first_order_at", condition);
            case LAST_ORDER_ON -> values.dayOfInstant(summary + "last_order_at", condition);
            case LATE_BY_DAYS -> lateness(condition);
            case ORDERS -> zeroWhenMissing(summary + "orders", condition);
            case VALUE -> zeroWhenMissing(summary + "value", condition);
            case RFM_RECENCY -> values.number(summary + "rfm_recency", condition);
            case RFM_FREQUENCY -> values.number(summary + "rfm_frequency", condition);
            case RFM_MONETARY -> values.number(summary + "rfm_monetary", condition);
            case RFM_NAME -> rfmName(condition);
            case CHURN_RISK -> values.number(summary + "churn_risk", condition);
            case CLV -> values.number(summary + "clv", condition);
        }
        sql.add(")");
    }

    private void tag(Condition condition) {
        if (condition.operator() == Operator.IS_ALL_OF) {
            for (int i = 0; i < condition.values().size(); i++) {
                sql.add(i == 0 ? "" : " AND ");
                tags(false, List.of(condition.values().get(i)));
            }
        } else {
            tags(condition.operator().holdsOfUnknown(), condition.values());
        }
    }

    private void tags(boolean negated, List<String> tags) {
        sql.add(negated ? "NOT EXISTS" : "EXISTS")
                .add(
                        " (SELECT 1 FROM customer_tag m WHERE m.tenant_id = ? AND m.customer_id = c.id",
                        context.tenant().value());
        if (!tags.isEmpty()) {
            sql.add(" AND m.tag IN ").list(tags);
        }
        sql.add(")");
    }

    private void suppressionReason(Condition condition) {
        boolean negated = condition.operator().holdsOfUnknown();
        suppressed(!negated, condition.values());
    }

    private void suppressed(boolean yes, List<String> reasons) {
        sql.add(
                (yes ? "EXISTS" : "NOT EXISTS")
                        + " (SELECT 1 FROM suppression m WHERE m.tenant_id = ? AND m.email_hash = UNHEX(SHA2(c.email, 256))",
                context.tenant().value());
        if (!reasons.isEmpty()) {
            sql.add(" AND m.reason IN ").list(reasons);
        }
        sql.add(")");
    }

    private void month(Condition condition) {
        List<Integer> months = condition.values().stream().map(Integer::valueOf).toList();
        String day = customer + "birthday";
        values.choice(day, "MONTH(" + day + ")", condition.operator(), months);
    }

    private void rfmName(Condition condition) {
        boolean negated = condition.operator().holdsOfUnknown();
        String recency = summary + "rfm_recency";
        String frequency = summary + "rfm_frequency";
        sql.add(recency + (negated ? " IS NULL OR " : " IS NOT NULL AND "))
                .add(frequency + (negated ? " IS NULL" : " IS NOT NULL"));
        if (condition.values().isEmpty()) {
            return;
        }
        sql.add(negated ? " OR NOT (" : " AND (");
        for (int i = 0; i < condition.values().size(); i++) {
            RfmName name = RfmName.valueOf(condition.values().get(i));
            sql.add(i == 0 ? "" : " OR ")
                    .add(
                            "(" + recency + " BETWEEN ? AND ? AND " + frequency + " BETWEEN ? AND ?)",
                            name.recencyFrom(),
                            name.recencyTo(),
                            name.frequencyFrom(),
                            name.frequencyTo());
        }
        sql.add(")");
    }

    /** A figure of the summary that is 0 for a customer who has no summary yet. */
    private void zeroWhenMissing(String column, Condition condition) {
        Comparison comparison = Comparison.of(condition.operator(), condition.values());
        if (comparison.holdsOf(BigDecimal.ZERO)) {
            sql.add("COALESCE(").add(column).add(", 0)");
        } else {
            sql.add(column).add(" IS NOT NULL AND ").add(column); // bare, so that its index can serve
        }
        comparison.appendTo(sql);
    }

    /** Days of the tenant's calendar between an instant and today, compared by instants, so that indexes can serve. */
    private void daysSince(String column, Condition condition) {
        if (values.knownOrUnknown(column, condition.operator())) {
            return;
        }
        sql.add(column).add(condition.operator() == Operator.IS_NOT ? " IS NULL OR " : " IS NOT NULL AND ");
        new DaysSql(sql, context).since(column, condition.operator(), condition.values());
    }

    /**
     * Silence until this morning less the mean time between purchase days, both multiplied by the number of gaps, as
     * that is exact in whole seconds.
     */
    private void lateness(Condition condition) {
        Operator operator = condition.operator();
        String days = summary + "order_days";
        boolean unknown = operator == Operator.IS_UNKNOWN;
        sql.add(unknown ? days + " IS NULL OR " + days + " < 2" : days + " IS NOT NULL AND " + days + " >= 2");
        if (unknown || operator == Operator.IS_KNOWN) {
            return;
        }
        sql.add(
                " AND TIMESTAMPDIFF(SECOND, " + summary + "last_order_at, ?) * (" + days
                        + " - 1) - TIMESTAMPDIFF(SECOND, " + summary + "first_order_at, " + summary + "last_order_at)",
                context.utcStartOf(context.today()));
        Comparison.of(operator, condition.values()).appendTo(sql, " * " + SECONDS_A_DAY + " * (" + days + " - 1)");
    }

    private void daysToBirthday(Condition condition) {
        String day = customer + "birthday";
        values.number(day, ValueSql.daysTo(day), condition, values.daysToParams());
    }

    private static Condition lowerCase(Condition condition) {
        return new Condition(
                condition.field(),
                condition.operator(),
                condition.values().stream().map(v -> v.toLowerCase(Locale.ROOT)).toList());
    }
}
