package io.perennial.segments;

import static io.perennial.segments.Rule.Operator.*;

import io.perennial.segments.Rule.Operator;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What kind of thing a field holds: which operators it knows and which values make sense. */
public enum FieldType {
    TEXT(operators(IS, IS_NOT, IS_ANY_OF, CONTAINS, STARTS_WITH, IS_KNOWN, IS_UNKNOWN)),
    CHOICE(operators(IS, IS_NOT, IS_ANY_OF, IS_KNOWN, IS_UNKNOWN)),
    TAG(operators(IS, IS_NOT, IS_ANY_OF, IS_KNOWN, IS_UNKNOWN)),
    TOPIC(operators(IS, IS_NOT, IS_ANY_OF)),
    YES_NO(operators(IS)),
    /** A whole number from 0 that may be unknown. */
    NUMBER(numeric(true), BigDecimal.ZERO, BigDecimal.valueOf(100_000), 0),
    /** A whole number from 0 that is always known. */
    COUNT(numeric(false), BigDecimal.ZERO, BigDecimal.valueOf(1_000_000), 0),
    /** A whole number of days from 0 that is always known. */
    DAYS(numeric(false), BigDecimal.ZERO, BigDecimal.valueOf(100_000), 0),
    MONEY(numeric(false), BigDecimal.valueOf(-1_000_000_000L), BigDecimal.valueOf(1_000_000_000L), 4),
    PREDICTED_MONEY(numeric(true), BigDecimal.ZERO, BigDecimal.valueOf(1_000_000_000L), 4),
    /** 1 to 5. */
    SCORE(numeric(true), BigDecimal.ONE, BigDecimal.valueOf(5), 0),
    /** 0 to 1. */
    SHARE(numeric(true), BigDecimal.ZERO, BigDecimal.ONE, 6);

    static final Set<Operator> COMPARISONS = operators(AT_LEAST, AT_MOST, MORE_THAN, LESS_THAN, BETWEEN, IS, IS_NOT);

    private final Set<Operator> operators;
    private final BigDecimal least;
    private final BigDecimal most;
    private final int decimals;

    FieldType(Set<Operator> operators) {
        this(operators, BigDecimal.ZERO, BigDecimal.ZERO, -1);
    }

    FieldType(Set<Operator> operators, BigDecimal least, BigDecimal most, int decimals) {
        this.operators = operators;
        this.least = least;
        this.most = most;
        this.decimals = decimals;
    }

    /** The operators it knows, in the order a person is offered them. */
    public Set<Operator> operators() {
        return operators;
    }

    /** Whether its values are numbers between {@link #least()} and {@link #most()}. */
    public boolean isNumeric() {
        return decimals >= 0;
    }

    public BigDecimal least() {
        return least;
    }

    public BigDecimal most() {
        return most;
    }

    /** How many decimals a value may have. */
    public int decimals() {
        return Math.max(decimals, 0);
    }

    private static Set<Operator> operators(Operator... operators) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(operators)));
    }

    private static Set<Operator> numeric(boolean mayBeUnknown) {
        Set<Operator> all = new LinkedHashSet<>(List.of(AT_LEAST, AT_MOST, MORE_THAN, LESS_THAN, BETWEEN, IS, IS_NOT));
        if (mayBeUnknown) {
            all.addAll(EnumSet.of(IS_KNOWN, IS_UNKNOWN));
        }
        return Collections.unmodifiableSet(all);
    }
}
