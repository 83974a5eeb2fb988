package io.perennial.segments;

import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Operator;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** The predicates of conditions on a customer's own fields and summary. */
final class ConditionSql {

    private final SqlBuilder sql;
    private final RuleContext context;

    ConditionSql(SqlBuilder sql, RuleContext context) {
        this.sql = sql;
        this.context = context;
    }

    static boolean readsSummary(Field field) {
        return switch (field) {
            case ORDERS,
                    VALUE,
                    DAYS_SINCE_FIRST_ORDER,
                    DAYS_SINCE_LAST_ORDER,
                    RFM_RECENCY,
                    RFM_FREQUENCY,
                    RFM_MONETARY,
                    CHURN_RISK,
                    CLV -> true;
            default -> false;
        };
    }

    void append(Condition condition) {
        sql.add("(");
        switch (condition.field()) {
            case FIRST_NAME -> text("c.first_name", condition);
            case LAST_NAME -> text("c.last_name", condition);
            case EMAIL -> text("c.email", lowerCase(condition));
            case CITY -> text("c.city", condition);
            case COUNTRY -> text("c.country", condition);
            case LOCALE -> text("c.locale", condition);
            case GENDER -> text("c.gender", condition);
            case TAG -> member("customer_tag m WHERE m.tenant_id = ? AND m.customer_id = c.id", "m.tag", condition);
            case CONSENT_TOPIC ->
                member(
                        "consent m WHERE m.tenant_id = ? AND m.customer_id = c.id AND m.status = 'GRANTED'",
                        "m.topic",
                        condition);
            case SUPPRESSED -> suppressed(condition);
            case AGE -> nullable("c.birthday", age(), condition);
            case BIRTHDAY_IN_DAYS -> nullable("c.birthday", daysToBirthday(), condition);
            case CUSTOMER_SINCE_DAYS -> daysSince("c.created_at", condition);
            case DAYS_SINCE_FIRST_ORDER -> daysSince("s.first_order_at", condition);
            case DAYS_SINCE_LAST_ORDER -> daysSince("s.last_order_at", condition);
            case ORDERS -> zeroWhenMissing("s.orders", condition);
            case VALUE -> zeroWhenMissing("s.value", condition);
            case RFM_RECENCY -> nullable("s.rfm_recency", new Expression("s.rfm_recency"), condition);
            case RFM_FREQUENCY -> nullable("s.rfm_frequency", new Expression("s.rfm_frequency"), condition);
            case RFM_MONETARY -> nullable("s.rfm_monetary", new Expression("s.rfm_monetary"), condition);
            case CHURN_RISK -> nullable("s.churn_risk", new Expression("s.churn_risk"), condition);
            case CLV -> nullable("s.clv", new Expression("s.clv"), condition);
        }
        sql.add(")");
    }

    private void text(String column, Condition condition) {
        List<String> values = condition.values();
        switch (condition.operator()) {
            case IS_NOT -> sql.add(column).add(" IS NULL OR ").add(column).add(" <> ?", values.getFirst());
            case IS_UNKNOWN -> sql.add(column).add(" IS NULL OR ").add(column).add(" = ''");
            default -> {
                // The first half is what keeps the whole from being NULL; the database drops it where it can.
                sql.add(column).add(" IS NOT NULL AND ").add(column);
                switch (condition.operator()) {
                    case IS -> sql.add(" = ?", values.getFirst());
                    case IS_ANY_OF -> sql.add(" IN ").list(values);
                    case IS_KNOWN -> sql.add(" <> ''");
                    case STARTS_WITH -> sql.add(" LIKE ? ESCAPE '!'", like(values.getFirst()) + "%");
                    case CONTAINS -> sql.add(" LIKE ? ESCAPE '!'", "%" + like(values.getFirst()) + "%");
                    default -> throw unfit(condition);
                }
            }
        }
    }

    private void member(String source, String column, Condition condition) {
        boolean negated = condition.operator() == Operator.IS_NOT || condition.operator() == Operator.IS_UNKNOWN;
        sql.add(negated ? "NOT EXISTS (SELECT 1 FROM " : "EXISTS (SELECT 1 FROM ")
                .add(source, context.tenant().value());
        if (!condition.values().isEmpty()) {
            sql.add(" AND ").add(column).add(" IN ").list(condition.values());
        }
        sql.add(")");
    }

    private void suppressed(Condition condition) {
        boolean yes = condition.values().getFirst().equals("true");
        sql.add(
                (yes ? "EXISTS" : "NOT EXISTS")
                        + " (SELECT 1 FROM suppression m WHERE m.tenant_id = ? AND m.email_hash = UNHEX(SHA2(c.email, 256)))",
                context.tenant().value());
    }

    /** A number that may be unknown; {@code column} is NULL just then. */
    private void nullable(String column, Expression expression, Condition condition) {
        switch (condition.operator()) {
            case IS_KNOWN -> sql.add(column).add(" IS NOT NULL");
            case IS_UNKNOWN -> sql.add(column).add(" IS NULL");
            default -> {
                boolean negated = condition.operator() == Operator.IS_NOT;
                sql.add(column).add(negated ? " IS NULL OR " : " IS NOT NULL AND ");
                sql.add(expression.sql(), expression.params());
                comparison(condition).appendTo(sql);
            }
        }
    }

    /** A figure of the summary that is 0 for a customer who has no summary yet. */
    private void zeroWhenMissing(String column, Condition condition) {
        Comparison comparison = comparison(condition);
        if (comparison.holdsOf(BigDecimal.ZERO)) {
            sql.add("COALESCE(").add(column).add(", 0)");
        } else {
            sql.add(column).add(" IS NOT NULL AND ").add(column); // bare, so that its index can serve
        }
        comparison.appendTo(sql);
    }

    /** Days of the tenant's calendar between an instant and today, compared by instants, so that indexes can serve. */
    private void daysSince(String column, Condition condition) {
        Operator operator = condition.operator();
        if (operator == Operator.IS_KNOWN || operator == Operator.IS_UNKNOWN) {
            sql.add(column).add(operator == Operator.IS_KNOWN ? " IS NOT NULL" : " IS NULL");
            return;
        }
        int first = Integer.parseInt(condition.values().getFirst());
        switch (operator) {
            case AT_LEAST -> atLeast(column, first);
            case MORE_THAN -> atLeast(column, first + 1);
            case AT_MOST -> atMost(column, first);
            case LESS_THAN -> atMost(column, first - 1);
            case IS -> within(column, first, first);
            case BETWEEN ->
                within(column, first, Integer.parseInt(condition.values().get(1)));
            case IS_NOT -> {
                sql.add(column).add(" IS NULL OR NOT (");
                within(column, first, first);
                sql.add(")");
            }
            default -> throw unfit(condition);
        }
    }

    private void within(String column, int least, int most) {
        atLeast(column, least);
        sql.add(" AND ");
        atMost(column, most);
    }

    private void atLeast(String column, int days) {
        sql.add(column).add(" IS NOT NULL AND ").add(column).add(" < ?", startOfDayBefore(days - 1));
    }

    private void atMost(String column, int days) {
        sql.add(column).add(" IS NOT NULL AND ").add(column).add(" >= ?", startOfDayBefore(days));
    }

    private LocalDateTime startOfDayBefore(int days) {
        return LocalDateTime.ofInstant(context.startOf(context.today().minusDays(days)), ZoneOffset.UTC);
    }

    private Expression age() {
        return new Expression("TIMESTAMPDIFF(YEAR, c.birthday, ?)", context.today());
    }

    private Expression daysToBirthday() {
        LocalDate today = context.today();
        int year = today.getYear();
        // Adding years takes 29 February to the 28th where the year has no 29th, as LocalDate.plusYears does.
        return new Expression(
                "DATEDIFF(CASE WHEN DATE_ADD(c.birthday, INTERVAL ? - YEAR(c.birthday) YEAR) >= ? "
                        + "THEN DATE_ADD(c.birthday, INTERVAL ? - YEAR(c.birthday) YEAR) "
                        + "ELSE DATE_ADD(c.birthday, INTERVAL ? - YEAR(c.birthday) YEAR) END, ?)",
                year,
                today,
                year,
                year + 1,
                today);
    }

    static Comparison comparison(Condition condition) {
        return Comparison.of(
                condition.operator(),
                condition.values().getFirst(),
                condition.values().size() > 1 ? condition.values().get(1) : null);
    }

    private static Condition lowerCase(Condition condition) {
        return new Condition(
                condition.field(),
                condition.operator(),
                condition.values().stream().map(v -> v.toLowerCase(Locale.ROOT)).toList());
    }

    private static String like(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static IllegalStateException unfit(Condition condition) {
        return new IllegalStateException("Not checked: " + condition);
    }

    /** An SQL expression with its parameters. */
    private record Expression(String sql, Object... params) {}
}
