package io.perennial.segments;

import java.time.LocalDate;
import java.util.List;

/** Predicates on days of the tenant's calendar, written as bounds of instants, so that indexes serve and DST is no care. */
final class DaysSql {

    private final SqlBuilder sql;
    private final RuleContext context;

    DaysSql(SqlBuilder sql, RuleContext context) {
        this.sql = sql;
        this.context = context;
    }

    /**
     * Days between an instant that is not NULL and today, compared.
     *
     * @param at constant SQL
     */
    void since(String at, Operator operator, List<String> values) {
        int first = Integer.parseInt(values.getFirst());
        switch (operator) {
            case AT_LEAST -> atLeast(at, first);
            case MORE_THAN -> atLeast(at, first + 1);
            case AT_MOST -> atMost(at, first);
            case LESS_THAN -> atMost(at, first - 1);
            case IS -> within(at, first, first);
            case BETWEEN -> within(at, first, Integer.parseInt(values.get(1)));
            case IS_NOT -> {
                sql.add("NOT (");
                within(at, first, first);
                sql.add(")");
            }
            default -> throw new IllegalStateException("Not a comparison of days: " + operator);
        }
    }

    /** The instants of a window; true of all where it has no bound. */
    void within(String at, Window.Days days) {
        if (days.from() != null) {
            sql.add(" AND ").add(at).add(" >= ?", context.utcStartOf(days.from()));
        }
        if (days.until() != null) {
            sql.add(" AND ").add(at).add(" < ?", context.utcStartOf(days.until().plusDays(1)));
        }
    }

    private void within(String at, int least, int most) {
        atLeast(at, least);
        sql.add(" AND ");
        atMost(at, most);
    }

    private void atLeast(String at, int days) {
        sql.add(at).add(" < ?", startOfDayBefore(days - 1));
    }

    private void atMost(String at, int days) {
        sql.add(at).add(" >= ?", startOfDayBefore(days));
    }

    private Object startOfDayBefore(int days) {
        LocalDate day = context.today().minusDays(days);
        return context.utcStartOf(day);
    }
}
