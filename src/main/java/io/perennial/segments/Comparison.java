package io.perennial.segments;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comparison with one number, or two for BETWEEN (both included).
 *
 * @param upTo the second bound of BETWEEN, else nothing
 */
record Comparison(
        Operator operator, BigDecimal value, @Nullable BigDecimal upTo) {

    static Comparison of(Operator operator, List<String> values) {
        return new Comparison(
                operator,
                new BigDecimal(values.getFirst()),
                operator == Operator.BETWEEN ? new BigDecimal(values.get(1)) : null);
    }

    /** Whether it holds of a number. */
    boolean holdsOf(BigDecimal number) {
        return holdsOf(number, BigDecimal.ONE);
    }

    /**
     * Whether it holds of a number that was multiplied by a factor above 0: a sum is compared with what it would be at
     * that average, exactly, where a division would round.
     */
    boolean holdsOf(BigDecimal number, BigDecimal factor) {
        int order = number.compareTo(value.multiply(factor));
        return switch (operator) {
            case IS -> order == 0;
            case IS_NOT -> order != 0;
            case AT_LEAST -> order >= 0;
            case AT_MOST -> order <= 0;
            case MORE_THAN -> order > 0;
            case LESS_THAN -> order < 0;
            case BETWEEN -> order >= 0 && number.compareTo(second().multiply(factor)) <= 0;
            default -> throw new IllegalStateException("Not a comparison: " + operator);
        };
    }

    /**
     * The same as SQL behind an expression: {@code >= ?}.
     *
     * @param factor constant SQL that multiplies the values, or nothing: {@code * COUNT(*)}
     */
    void appendTo(SqlBuilder sql, String factor) {
        switch (operator) {
            case IS -> sql.add(" = ?", value).add(factor);
            case IS_NOT -> sql.add(" <> ?", value).add(factor);
            case AT_LEAST -> sql.add(" >= ?", value).add(factor);
            case AT_MOST -> sql.add(" <= ?", value).add(factor);
            case MORE_THAN -> sql.add(" > ?", value).add(factor);
            case LESS_THAN -> sql.add(" < ?", value).add(factor);
            case BETWEEN ->
                sql.add(" BETWEEN ?", value).add(factor).add(" AND ?", second()).add(factor);
            default -> throw new IllegalStateException("Not a comparison: " + operator);
        }
    }

    void appendTo(SqlBuilder sql) {
        appendTo(sql, "");
    }

    private BigDecimal second() {
        if (upTo == null) {
            throw new IllegalStateException("BETWEEN needs two numbers");
        }
        return upTo;
    }
}
