package io.perennial.segments;

import io.perennial.customers.ActivityKind;
import io.perennial.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * For whom and when a rule is read.
 *
 * @param zone in which the tenant's days begin
 * @param today in that zone
 * @param scope what the rule may refer to
 * @param among only these customers are of interest, or nothing where everybody is
 * @param range only customers with these ids are of interest, or nothing where everybody is
 * @param without these customers are not of interest
 */
record RuleContext(
        TenantId tenant,
        ZoneId zone,
        LocalDate today,
        RuleScope scope,
        @Nullable List<Long> among,
        @Nullable IdRange range,
        List<Long> without) {

    /** From an id (inclusive) to another (exclusive). Each begins a word of 64 ids, so that words lie in one range whole. */
    record IdRange(long from, long to) {

        IdRange {
            if (beginOfWord(from) != from || (beginOfWord(to) != to && to != Long.MAX_VALUE)) {
                throw new IllegalArgumentException("Not between words: " + from + " to " + to);
            }
        }

        /** The number of the word in which the bit of an id is. */
        static long word(long id) {
            return id >> 6;
        }

        /** The first id of the word in which an id's bit is. */
        static long beginOfWord(long id) {
            return id & -Long.SIZE;
        }
    }

    RuleContext(TenantId tenant, ZoneId zone, LocalDate today) {
        this(tenant, zone, today, RuleScope.NOTHING);
    }

    RuleContext(TenantId tenant, ZoneId zone, LocalDate today, RuleScope scope) {
        this(tenant, zone, today, scope, null, null, List.of());
    }

    /** The same for some customers only: a thousand at most, or the database no longer looks for each by its key. */
    RuleContext among(List<Long> customers) {
        return new RuleContext(tenant, zone, today, scope, List.copyOf(customers), range, without);
    }

    /** The same without some customers: a thousand at most. */
    RuleContext without(List<Long> customers) {
        return new RuleContext(tenant, zone, today, scope, among, range, List.copyOf(customers));
    }

    /** The same for a range of customers. */
    RuleContext within(IdRange ids) {
        return new RuleContext(tenant, zone, today, scope, among, ids, without);
    }

    /** The same on another day. */
    RuleContext on(LocalDate day) {
        return new RuleContext(tenant, zone, day, scope, among, range, without);
    }

    /**
     * Keeps a query or subquery to the customers of interest. The outermost query must, for the result to be right; a
     * subquery should, or it reads what concerns everybody in order to answer for a few.
     *
     * @param column constant SQL of the customer's id
     */
    void narrow(SqlBuilder sql, String column) {
        if (among != null) {
            sql.add(" AND ").add(column).add(" IN ").list(among);
        }
        if (range != null) {
            sql.add(" AND ").add(column).add(" >= ?", range.from());
            sql.add(" AND ").add(column).add(" < ?", range.to());
        }
        if (!without.isEmpty()) {
            sql.add(" AND ").add(column).add(" NOT IN ").list(without);
        }
    }

    /**
     * The same for rows in the order of words.
     *
     * @param word constant SQL of the number of the word in which the bit of {@code column} is
     */
    void narrow(SqlBuilder sql, String column, String word) {
        narrowWords(sql, word);
        new RuleContext(tenant, zone, today, scope, among, null, without).narrow(sql, column);
    }

    /** Keeps a query to the words of the range of interest, and to nothing else. */
    void narrowWords(SqlBuilder sql, String word) {
        if (range != null) {
            sql.add(" AND ").add(word).add(" >= ?", IdRange.word(range.from()));
            sql.add(" AND ").add(word).add(" < ?", IdRange.word(range.to()));
        }
    }

    /** The words in which customers are who are not of interest. */
    Set<Long> wordsWithout() {
        return without.stream().map(IdRange::word).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The instant a day begins. */
    Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** The same as the database holds times. */
    LocalDateTime utcStartOf(LocalDate day) {
        return LocalDateTime.ofInstant(startOf(day), ZoneOffset.UTC);
    }

    LocalDate dayOf(Instant at) {
        return at.atZone(zone).toLocalDate();
    }

    ActivityKind activity(String name) {
        return scope.activity(name).orElseThrow(() -> new IllegalStateException("Not checked: activity " + name));
    }

    RuleAttribute attribute(String key) {
        return scope.attribute(key).orElseThrow(() -> new IllegalStateException("Not checked: attribute " + key));
    }

    RuleScope.Named segment(SegmentId id) {
        return scope.segment(id).orElseThrow(() -> new IllegalStateException("Not checked: segment " + id));
    }
}
