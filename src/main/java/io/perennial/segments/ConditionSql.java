package io.perennial.segments;

import io.perennial.kernel.RfmName;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Operator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The predicates of conditions on a customer's own fields and summary. */
final class ConditionSql {

    private static final String SECONDS_A_DAY = "86400";

    private final SqlBuilder sql;
    private final RuleContext context;
    private final ValueSql values;

    ConditionSql(SqlBuilder sql, RuleContext context) {
        this.sql = sql;
        this.context = context;
        this.values = new ValueSql(sql, context);
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
            case FIRST_NAME -> values.text("c.first_name", condition);
            case LAST_NAME -> values.text("c.last_name", condition);
            case EMAIL -> values.text("c.email", lowerCase(condition));
            case PHONE -> values.text("c.phone", condition);
            case EXTERNAL_ID -> values.text("c.external_id", condition);
            case CITY -> values.text("c.city", condition);
            case COUNTRY -> values.text("c.country", condition);
            case LOCALE -> values.text("c.locale", condition);
            case ZONE -> values.text("c.zone", condition);
            case GENDER -> values.text("c.gender", condition);
            case TAG -> tag(condition);
            case SUPPRESSED -> suppressed(condition.values().getFirst().equals("true"), List.of());
            case SUPPRESSION_REASON -> suppressionReason(condition);
            case AGE -> values.number("c.birthday", "TIMESTAMPDIFF(YEAR, c.birthday, ?)", condition, context.today());
            case BIRTHDAY -> values.day("c.birthday", condition);
            case BIRTHDAY_MONTH -> month(condition);
            case BIRTHDAY_IN_DAYS -> daysToBirthday(condition);
            case CUSTOMER_SINCE_DAYS -> daysSince("c.created_at", condition);
            case CUSTOMER_SINCE -> values.dayOfInstant("c.created_at", condition);
            case DAYS_SINCE_FIRST_ORDER -> daysSince("s.first_order_at", condition);
            case DAYS_SINCE_LAST_ORDER -> daysSince("s.last_order_at", condition);
            case FIRST_ORDER_ON -> values.dayOfInstant("s.first_order_at", condition);
            case LAST_ORDER_ON -> values.dayOfInstant("s.last_order_at", condition);
            case LATE_BY_DAYS -> lateness(condition);
            case ORDERS -> zeroWhenMissing("s.orders", condition);
            case VALUE -> zeroWhenMissing("s.value", condition);
            case RFM_RECENCY -> values.number("s.rfm_recency", condition);
            case RFM_FREQUENCY -> values.number("s.rfm_frequency", condition);
            case RFM_MONETARY -> values.number("s.rfm_monetary", condition);
            case RFM_NAME -> rfmName(condition);
            case CHURN_RISK -> values.number("s.churn_risk", condition);
            case CLV -> values.number("s.clv", condition);
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
        values.choice("c.birthday", "MONTH(c.birthday)", condition.operator(), months);
    }

    private void rfmName(Condition condition) {
        boolean negated = condition.operator().holdsOfUnknown();
        sql.add(negated ? "s.rfm_recency IS NULL OR s.rfm_frequency IS NULL" : "s.rfm_recency IS NOT NULL AND ")
                .add(negated ? "" : "s.rfm_frequency IS NOT NULL");
        if (condition.values().isEmpty()) {
            return;
        }
        sql.add(negated ? " OR NOT (" : " AND (");
        for (int i = 0; i < condition.values().size(); i++) {
            RfmName name = RfmName.valueOf(condition.values().get(i));
            sql.add(i == 0 ? "" : " OR ")
                    .add(
                            "(s.rfm_recency BETWEEN ? AND ? AND s.rfm_frequency BETWEEN ? AND ?)",
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
        boolean unknown = operator == Operator.IS_UNKNOWN;
        sql.add(
                unknown
                        ? "s.order_days IS NULL OR s.order_days < 2"
                        : "s.order_days IS NOT NULL AND s.order_days >= 2");
        if (unknown || operator == Operator.IS_KNOWN) {
            return;
        }
        sql.add(
                " AND TIMESTAMPDIFF(SECOND, s.last_order_at, ?) * (s.order_days - 1) "
                        + "- TIMESTAMPDIFF(SECOND, s.first_order_at, s.last_order_at)",
                context.utcStartOf(context.today()));
        Comparison.of(operator, condition.values()).appendTo(sql, " * " + SECONDS_A_DAY + " * (s.order_days - 1)");
    }

    private void daysToBirthday(Condition condition) {
        values.number("c.birthday", ValueSql.daysTo("c.birthday"), condition, values.daysToParams());
    }

    private static Condition lowerCase(Condition condition) {
        return new Condition(
                condition.field(),
                condition.operator(),
                condition.values().stream().map(v -> v.toLowerCase(Locale.ROOT)).toList());
    }
}
