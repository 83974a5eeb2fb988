package io.perennial.segments;

import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Attribute;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Member;
import io.perennial.segments.Rule.Orders;
import io.perennial.tenancy.SqlFragment;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads one leaf of a rule from the one table it is about, in that table's order, into words of bits. */
final class LeafSql {

    private static final String EVERYBODY =
            "customer c FORCE INDEX (ix_customer_erased) WHERE c.tenant_id = ? AND c.erased_at IS NULL";
    private static final String ERASED =
            "customer c FORCE INDEX (ix_customer_erased) WHERE c.tenant_id = ? AND c.erased_at IS NOT NULL";

    /** What asks for one of some values, or for none of them. */
    private static final Set<Operator> ONE_OF = EnumSet.of(
            Operator.IS,
            Operator.IS_ANY_OF,
            Operator.IS_NOT,
            Operator.IS_NONE_OF,
            Operator.IS_KNOWN,
            Operator.IS_UNKNOWN);

    private final RuleContext context;
    private final WordsSql words;

    LeafSql(RuleContext context, WordsSql words) {
        this.context = context;
        this.words = words;
    }

    /** @return the bits of what words are kept of */
    Bits kept(KeptWords kept) {
        SqlBuilder words = new SqlBuilder()
                .add(
                        "count_word k FORCE INDEX (PRIMARY) WHERE k.tenant_id = ? AND k.kind IN ",
                        context.tenant().value())
                .list(kept.kinds());
        if (!kept.values().isEmpty()) {
            words.add(" AND k.value IN ").list(kept.values());
        }
        context.narrowWords(words, "k.word");
        Set<Long> apart = context.wordsWithout();
        if (apart.isEmpty()) {
            return new Bits(this.words.kept(words, null), kept.negated());
        }
        words.add(" AND k.word NOT IN ").list(apart);
        SqlFragment predicate = BasisSql.predicate(kept.rule(), context);
        SqlBuilder rows = new SqlBuilder()
                .add(
                        "count_basis f FORCE INDEX (PRIMARY) WHERE f.tenant_id = ? AND f.word IN ",
                        context.tenant().value())
                .list(apart);
        context.narrow(rows, "f.customer_id", "f.word");
        rows.add(" AND ").add(predicate.sql(), predicate.params().toArray());
        return new Bits(this.words.kept(words, rows), kept.negated());
    }

    /** @return the name of the bits of everybody who was not erased */
    String everybody() {
        return customers(EVERYBODY);
    }

    /** @return the name of the bits of the erased */
    String erased() {
        return customers(ERASED);
    }

    private String customers(String which) {
        SqlBuilder sql = new SqlBuilder().add(which, context.tenant().value());
        context.narrow(sql, "c.id");
        return words.leaf("c.id", sql);
    }

    /** @return the name of the bits of those who are kept in a segment */
    String members(SegmentId segment) {
        return ofSegment("segment_member m FORCE INDEX (PRIMARY)", segment);
    }

    private String ofSegment(String table, SegmentId segment) {
        SqlBuilder sql = new SqlBuilder()
                .add(table)
                .add(
                        " WHERE m.tenant_id = ? AND m.segment_id = ?",
                        context.tenant().value(),
                        segment.value());
        context.narrow(sql, "m.customer_id");
        return words.leaf("m.customer_id", sql);
    }

    /**
     * @param rule a condition, or a group of conditions about one table
     */
    Bits of(Rule rule) {
        return switch (CountSource.of(rule)) {
            case CUSTOMER ->
                isTurned(rule)
                        ? of(turned((Condition) rule)).not()
                        : own(rule, "c.id", "customer c", "c.tenant_id", false);
            case SUMMARY ->
                own(rule, "s.customer_id", "customer_summary s", "s.tenant_id", CountSource.holdsWithoutSummary(rule));
            case OTHER -> byItself(rule);
            case SEVERAL -> throw new IllegalArgumentException("Not about one table: " + rule);
        };
    }

    /** Whether it is cheaper to read whom a rule does not hold of: most customers live elsewhere. */
    private static boolean isTurned(Rule rule) {
        return rule instanceof Condition condition
                && CountSource.hasIndex(condition)
                && (condition.operator() == Operator.IS_NOT || condition.operator() == Operator.IS_NONE_OF);
    }

    private static Condition turned(Condition condition) {
        return new Condition(
                condition.field(),
                condition.operator() == Operator.IS_NOT ? Operator.IS : Operator.IS_ANY_OF,
                condition.values());
    }

    /** A rule about one table's columns; of those without a row there it is known whether they pass. */
    private Bits own(Rule rule, String id, String table, String tenant, boolean holdsWithout) {
        SqlFragment predicate = RuleCompiler.predicate(rule, context);
        SqlBuilder sql = new SqlBuilder()
                .add(table)
                .add(" FORCE INDEX (")
                .add(CountSource.index(rule))
                .add(") WHERE ")
                .add(tenant)
                .add(" = ?", context.tenant().value());
        context.narrow(sql, id);
        sql.add(holdsWithout ? " AND NOT " : " AND ")
                .add(predicate.sql(), predicate.params().toArray());
        return new Bits(words.leaf(id, sql), holdsWithout);
    }

    /** What lies in a table of its own, read there; else customer by customer. */
    private Bits byItself(Rule rule) {
        return switch (rule) {
            case Orders orders -> {
                SqlBuilder sql = new SqlBuilder().add("(");
                WordsSql.Coming coming = new OrdersSql(sql, context).customersPerhapsTwice(orders);
                yield new Bits(
                        words.leaf("g.customer_id", sql.add(") g"), coming),
                        OrdersSql.passesWithout(orders.measures()));
            }
            case Activity activity -> {
                SqlBuilder sql = new SqlBuilder().add("(");
                new ActivitySql(sql, context).customersPerhapsTwice(activity);
                yield new Bits(words.leaf("g.customer_id", sql.add(") g")), ActivitySql.passesWithout(activity));
            }
            case Attribute attribute
            when attribute.operator() != Operator.IS_ALL_OF -> {
                SqlBuilder sql = new SqlBuilder();
                new AttributeSql(sql, context).rows(attribute);
                context.narrow(sql, "m.customer_id");
                yield new Bits(words.leaf("m.customer_id", sql), AttributeSql.passesWithout(attribute));
            }
            case Consent consent -> consent(consent);
            // Other segments were put in their places before; what is left are lists.
            case Member member -> new Bits(ofSegment("segment_listed m", member.segment()), !member.in());
            case Condition condition
            when condition.field() == Field.TAG && ONE_OF.contains(condition.operator()) -> tagged(condition);
            case Condition condition
            when condition.field() == Field.SUPPRESSED ->
                new Bits(suppressed(List.of()), condition.values().getFirst().equals("false"));
            case Condition condition
            when condition.field() == Field.SUPPRESSION_REASON ->
                new Bits(suppressed(condition.values()), condition.operator().holdsOfUnknown());
            default -> oneByOne(rule);
        };
    }

    private Bits tagged(Condition condition) {
        SqlBuilder sql = new SqlBuilder()
                .add("customer_tag m WHERE m.tenant_id = ?", context.tenant().value());
        if (!condition.values().isEmpty()) {
            sql.add(" AND m.tag IN ").list(condition.values());
        }
        context.narrow(sql, "m.customer_id");
        return new Bits(words.leaf("m.customer_id", sql), condition.operator().holdsOfUnknown());
    }

    private Bits consent(Consent consent) {
        SqlBuilder sql = new SqlBuilder()
                .add(
                        "consent m WHERE m.tenant_id = ? AND m.topic IN ",
                        context.tenant().value())
                .list(consent.topics())
                .add(
                        switch (consent.status()) {
                            case GRANTED, NOT_GRANTED -> " AND m.status = 'GRANTED'";
                            case WITHDRAWN -> " AND m.status = 'WITHDRAWN'";
                            case NEVER_ASKED -> "";
                        });
        if (consent.status().hasTime()) {
            new DaysSql(sql, context).within("m.at", consent.window().days(context.today()));
        }
        context.narrow(sql, "m.customer_id");
        return new Bits(words.leaf("m.customer_id", sql), !consent.status().hasTime());
    }

    /**
     * By the address, which has an index, not by its hash, which would have to be computed of every customer. Where only
     * the hash is kept, as of the erased, nobody has that address: imports and edits refuse it.
     */
    private String suppressed(List<String> reasons) {
        SqlBuilder sql = new SqlBuilder()
                .add(
                        "suppression m STRAIGHT_JOIN customer c ON c.tenant_id = ? AND c.email = m.email WHERE m.tenant_id = ?",
                        context.tenant().value(),
                        context.tenant().value());
        if (!reasons.isEmpty()) {
            sql.add(" AND m.reason IN ").list(reasons);
        }
        context.narrow(sql, "c.id");
        return words.leaf("c.id", sql);
    }

    private Bits oneByOne(Rule rule) {
        SqlFragment predicate = RuleCompiler.predicate(rule, context);
        SqlBuilder sql = new SqlBuilder()
                .add(
                        "customer c FORCE INDEX (PRIMARY) LEFT JOIN customer_summary s ON s.tenant_id = c.tenant_id AND s.customer_id = c.id "
                                + "WHERE c.tenant_id = ?",
                        context.tenant().value());
        context.narrow(sql, "c.id");
        sql.add(" AND ").add(predicate.sql(), predicate.params().toArray());
        return new Bits(words.leaf("c.id", sql), false);
    }
}
