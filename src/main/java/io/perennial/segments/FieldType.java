package io.perennial.segments;

import static io.perennial.segments.Operator.*;

import io.perennial.customers.SuppressionReason;
import io.perennial.kernel.RfmName;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What kind of thing a field holds: which operators it knows and which values make sense. */
public enum FieldType {
    TEXT(operators(
            IS, IS_NOT, IS_ANY_OF, IS_NONE_OF, CONTAINS, CONTAINS_NOT, STARTS_WITH, ENDS_WITH, IS_KNOWN, IS_UNKNOWN)),
    CHOICE(operators(IS, IS_NOT, IS_ANY_OF, IS_NONE_OF, IS_KNOWN, IS_UNKNOWN)),
    TAG(operators(IS, IS_NOT, IS_ANY_OF, IS_ALL_OF, IS_NONE_OF, IS_KNOWN, IS_UNKNOWN)),
    YES_NO(operators(IS)),
    /** A day. */
    DATE(operators(
            IN_LAST_DAYS,
            BEFORE_LAST_DAYS,
            IN_NEXT_DAYS,
            YEARLY_IN_NEXT_DAYS,
            IS,
            BEFORE,
            AFTER,
            BETWEEN,
            IS_KNOWN,
            IS_UNKNOWN)),
    /** The day of something that was. */
    PAST_DATE(operators(IN_LAST_DAYS, BEFORE_LAST_DAYS, IS, BEFORE, AFTER, BETWEEN, IS_KNOWN, IS_UNKNOWN)),
    /** 1 to 12. */
    MONTH(
            CHOICE.operators,
            IntStream.rangeClosed(1, 12).mapToObj(Integer::toString).toList()),
    /** Why an address is never mailed; an address that may be has none. */
    REASON(CHOICE.operators, names(SuppressionReason.values())),
    /** A place in the grid of recency and frequency. */
    RFM_NAME(CHOICE.operators, names(RfmName.values())),
    /** A whole number from 0 that may be unknown. */
    NUMBER(numeric(true), BigDecimal.ZERO, BigDecimal.valueOf(100_000), 0),
    /** A whole number from 0 that is always known. */
    COUNT(numeric(false), BigDecimal.ZERO, BigDecimal.valueOf(1_000_000), 0),
    /** Pieces, or parts of them. */
    QUANTITY(numeric(false), BigDecimal.ZERO, BigDecimal.valueOf(1_000_000_000L), 3),
    /** A whole number of days from 0 that is always known. */
    DAYS(numeric(false), BigDecimal.ZERO, BigDecimal.valueOf(100_000), 0),
    /** Days that are no whole ones, above and below 0, and may be unknown. */
    LATENESS(
            operators(AT_LEAST, AT_MOST, MORE_THAN, LESS_THAN, BETWEEN, IS_KNOWN, IS_UNKNOWN),
            BigDecimal.valueOf(-100_000),
            BigDecimal.valueOf(100_000),
            0),
    /** Any number, that may be unknown. */
    DECIMAL(numeric(true), BigDecimal.valueOf(-1_000_000_000_000L), BigDecimal.valueOf(1_000_000_000_000L), 6),
    /** Yes or no, or unknown. */
    ANSWER(operators(IS, IS_KNOWN, IS_UNKNOWN)),
    /** The number of one of a business's own choices. */
    OPTION(CHOICE.operators),
    /** The numbers of some of a business's own choices. */
    OPTIONS(TAG.operators),
    MONEY(numeric(false), BigDecimal.valueOf(-1_000_000_000L), BigDecimal.valueOf(1_000_000_000L), 4),
    PREDICTED_MONEY(numeric(true), BigDecimal.ZERO, BigDecimal.valueOf(1_000_000_000L), 4),
    /** 1 to 5. */
    SCORE(numeric(true), BigDecimal.ONE, BigDecimal.valueOf(5), 0),
    /** 0 to 1. */
    SHARE(numeric(true), BigDecimal.ZERO, BigDecimal.ONE, 6);

    static final Set<Operator> COMPARISONS = numeric(false);

    private final Set<Operator> operators;
    private final List<String> fixed;
    private final BigDecimal least;
    private final BigDecimal most;
    private final int decimals;

    FieldType(Set<Operator> operators) {
        this(operators, List.of());
    }

    FieldType(Set<Operator> operators, List<String> fixed) {
        this(operators, fixed, BigDecimal.ZERO, BigDecimal.ZERO, -1);
    }

    FieldType(Set<Operator> operators, BigDecimal least, BigDecimal most, int decimals) {
        this(operators, List.of(), least, most, decimals);
    }

    FieldType(Set<Operator> operators, List<String> fixed, BigDecimal least, BigDecimal most, int decimals) {
        this.operators = operators;
        this.fixed = fixed;
        this.least = least;
        this.most = most;
        this.decimals = decimals;
    }

    /** The operators it knows, in the order a person is offered them. */
    public Set<Operator> operators() {
        return operators;
    }

    /** All values there are, where these are few and the same everywhere; else empty. */
    public List<String> fixed() {
        return fixed;
    }

    /** Whether its values are days, or numbers of them. */
    public boolean isDate() {
        return this == DATE || this == PAST_DATE;
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
            all.addAll(List.of(IS_KNOWN, IS_UNKNOWN));
        }
        return Collections.unmodifiableSet(all);
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }
}
