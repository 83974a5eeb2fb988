package io.perennial.segments;

import io.perennial.segments.Rule.Condition;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

/**
 * Predicates on one column by the kind of its values, each true or false even where the column is NULL. Columns and
 * expressions are constant SQL.
 */
final class ValueSql {

    /** Days until the next time the day of {@code ?d} comes round; takes {@link #daysToParams()}. */
    // Adding years takes 29 February to the 28th where the year has no 29th, as LocalDate.plusYears does.
    // MySQL's YEAR has no sign, and a day may lie in a year to come.
    private static final String DAYS_TO = "DATEDIFF(CASE WHEN DATE_ADD(?d, INTERVAL ? - ?y YEAR) >= ? "
            + "THEN DATE_ADD(?d, INTERVAL ? - ?y YEAR) ELSE DATE_ADD(?d, INTERVAL ? - ?y YEAR) END, ?)";

    static String daysTo(String column) {
        return DAYS_TO.replace("?y", "CAST(YEAR(?d) AS SIGNED)").replace("?d", column);
    }

    private final SqlBuilder sql;
    private final RuleContext context;

    ValueSql(SqlBuilder sql, RuleContext context) {
        this.sql = sql;
        this.context = context;
    }

    /** IS_KNOWN and IS_UNKNOWN of what has no empty value. */
    boolean knownOrUnknown(String column, Operator operator) {
        if (operator == Operator.IS_KNOWN || operator == Operator.IS_UNKNOWN) {
            sql.add(column).add(operator == Operator.IS_KNOWN ? " IS NOT NULL" : " IS NULL");
            return true;
        }
        return false;
    }

    void text(String column, Condition condition) {
        text(column, condition.operator(), condition.values());
    }

    void text(String column, Operator operator, List<String> wanted) {
        if (operator == Operator.IS_UNKNOWN) {
            sql.add(column).add(" IS NULL OR ").add(column).add(" = ''");
            return;
        }
        // The first half is what keeps the whole from being NULL; the database drops it where it can.
        sql.add(column)
                .add(operator.holdsOfUnknown() ? " IS NULL OR " : " IS NOT NULL AND ")
                .add(column);
        switch (operator) {
            case IS -> sql.add(" = ?", wanted.getFirst());
            case IS_NOT -> sql.add(" <> ?", wanted.getFirst());
            case IS_ANY_OF -> sql.add(" IN ").list(wanted);
            case IS_NONE_OF -> sql.add(" NOT IN ").list(wanted);
            case IS_KNOWN -> sql.add(" <> ''");
            case STARTS_WITH -> sql.add(" LIKE ? ESCAPE '!'", like(wanted.getFirst()) + "%");
            case ENDS_WITH -> sql.add(" LIKE ? ESCAPE '!'", "%" + like(wanted.getFirst()));
            case CONTAINS -> sql.add(" LIKE ? ESCAPE '!'", "%" + like(wanted.getFirst()) + "%");
            case CONTAINS_NOT -> sql.add(" NOT LIKE ? ESCAPE '!'", "%" + like(wanted.getFirst()) + "%");
            default -> throw new IllegalStateException("Not checked: text " + operator);
        }
    }

    void number(String column, Condition condition) {
        number(column, column, condition);
    }

    /**
     * @param column is NULL just where the expression is
     */
    void number(String column, String expression, Condition condition, Object... params) {
        number(column, expression, condition.operator(), condition.values(), params);
    }

    void number(String column, String expression, Operator operator, List<String> wanted, Object... params) {
        if (knownOrUnknown(column, operator)) {
            return;
        }
        sql.add(column).add(operator == Operator.IS_NOT ? " IS NULL OR " : " IS NOT NULL AND ");
        sql.add(expression, params);
        Comparison.of(operator, wanted).appendTo(sql);
    }

    /** One of a few values. */
    void choice(String column, String expression, Operator operator, Collection<?> wanted) {
        if (knownOrUnknown(column, operator)) {
            return;
        }
        boolean negated = operator.holdsOfUnknown();
        sql.add(column).add(negated ? " IS NULL OR " : " IS NOT NULL AND ");
        sql.add(expression).add(negated ? " NOT IN " : " IN ").list(wanted);
    }

    void day(String column, Condition condition) {
        day(column, condition.operator(), condition.values());
    }

    /** A day, kept as such. */
    void day(String column, Operator operator, List<String> wanted) {
        if (knownOrUnknown(column, operator)) {
            return;
        }
        sql.add(column).add(" IS NOT NULL");
        if (operator == Operator.YEARLY_IN_NEXT_DAYS) {
            sql.add(" AND ").add(daysTo(column), daysToParams());
            sql.add(" <= ?", DayCondition.yearlyWithin(wanted));
            return;
        }
        Window.Days days = DayCondition.days(operator, wanted, context.today());
        if (days.from() != null) {
            sql.add(" AND ").add(column).add(" >= ?", days.from());
        }
        if (days.until() != null) {
            sql.add(" AND ").add(column).add(" <= ?", days.until());
        }
    }

    /** The day of an instant in the tenant's calendar. */
    void dayOfInstant(String column, Condition condition) {
        Operator operator = condition.operator();
        if (knownOrUnknown(column, operator)) {
            return;
        }
        sql.add(column).add(" IS NOT NULL");
        new DaysSql(sql, context).within(column, DayCondition.days(operator, condition.values(), context.today()));
    }

    Object[] daysToParams() {
        LocalDate today = context.today();
        int year = today.getYear();
        return new Object[] {year, today, year, year + 1, today};
    }

    private static String like(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
