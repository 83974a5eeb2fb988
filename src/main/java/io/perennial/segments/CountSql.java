package io.perennial.segments;

import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Attribute;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Member;
import io.perennial.segments.Rule.Operator;
import io.perennial.segments.Rule.Orders;
import io.perennial.tenancy.SqlFragment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compiles a rule to the statement that counts it. Nothing is joined customer by customer, which costs 2 µs each: every
 * leaf of the rule is read by itself, from the one table it is about and in that table's order, into words of 64
 * customers a bit each; the words of all leaves are put side by side and combined by AND, OR and NOT as the rule says.
 *
 * @see <a href="../../../../../docs/decisions/0308-counting-a-million.md">0308-counting-a-million.md</a>
 */
final class CountSql {

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
    private final boolean basis;
    private final WordsSql words;

    private CountSql(RuleContext context, boolean basis) {
        this.context = context;
        this.basis = basis;
        this.words = new WordsSql(context);
    }

    /** Bits combined so far; {@code negated} where they are of those whom it does <em>not</em> hold of. */
    private record Bits(String sql, boolean negated) {

        Bits not() {
            return new Bits(sql, !negated);
        }
    }

    /**
     * One row: how many customers the rule picks (among those of interest), and the last of them as {@code word:bits,word:bits,…}, where
     * bit n of a word is the customer with the id {@code 64 * word + n}.
     *
     * @param rule without problems, and without references to other segments than lists
     * @param basis whether {@code count_basis} shows the customers of interest as they are
     */
    static SqlFragment compile(Rule rule, RuleContext context, boolean basis) {
        CountSql compiler = new CountSql(context, basis && CountRoads.gainsByBasis(rule, context));
        return compiler.words.count(compiler.picked(rule));
    }

    /**
     * Who would have to come into a segment, or leave it, for its members to be those its rule picks (among those of interest): a row for
     * each word in which they differ, as {@link WordsSql#differing} has it.
     *
     * @param rule as for {@link #compile}
     */
    static SqlFragment differences(Rule rule, RuleContext context, boolean basis, SegmentId segment) {
        CountSql compiler = new CountSql(context, basis && CountRoads.gainsByBasis(rule, context));
        String picked = compiler.picked(rule);
        SqlBuilder members = new SqlBuilder()
                .add(
                        "segment_member m FORCE INDEX (PRIMARY) WHERE m.tenant_id = ? AND m.segment_id = ?",
                        context.tenant().value(),
                        segment.value());
        context.narrow(members, "m.customer_id");
        return compiler.words.differing(picked, compiler.words.leaf("m.customer_id", members));
    }

    /** The bits of those the rule picks, none of whom is erased. */
    private String picked(Rule rule) {
        Bits picked = bits(rule);
        if (picked.negated() && words.readBasis()) {
            return ofBasis(Rule.everybody()) + " & ~" + picked.sql();
        }
        if (words.readOnlyBasis()) {
            return picked.sql();
        }
        SqlBuilder some = new SqlBuilder()
                .add(picked.negated() ? EVERYBODY : ERASED, context.tenant().value());
        context.narrow(some, "c.id");
        String them = words.leaf("c.id", some);
        return picked.negated() ? them + " & ~" + picked.sql() : picked.sql() + " & ~" + them;
    }

    /** @return the name of the bits of those a rule that the basis answers holds of */
    private String ofBasis(Rule rule) {
        return words.ofBasis(BasisSql.predicate(rule, context));
    }

    private Bits bits(Rule rule) {
        if (basis && BasisSql.answers(rule, context)) {
            // Of "none of these" the bits of those are kept, who are fewer.
            return rule instanceof Group(Match match, List<Rule> rules) && match == Match.NONE
                    ? new Bits(ofBasis(new Group(Match.ANY, rules)), true)
                    : new Bits(ofBasis(rule), false);
        }
        CountSource source = CountSource.of(rule);
        return switch (source) {
            case CUSTOMER -> own(rule, "c.id", "customer c", "c.tenant_id", false);
            case SUMMARY ->
                own(rule, "s.customer_id", "customer_summary s", "s.tenant_id", CountSource.holdsWithoutSummary(rule));
            case SEVERAL -> group((Group) rule);
            case OTHER -> other(rule);
        };
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

    /** What is about the same table is asked in one go. */
    private Bits group(Group group) {
        Match among = group.match() == Match.ALL ? Match.ALL : Match.ANY;
        Map<Object, List<Rule>> bySource = new LinkedHashMap<>();
        for (Rule rule : group.rules()) {
            bySource.computeIfAbsent(source(rule), source -> new ArrayList<>()).add(rule);
        }
        List<Rule> parts = bySource.values().stream()
                .map(same -> same.size() == 1 ? same.getFirst() : new Group(among, same))
                .toList();
        return switch (group.match()) {
            case ALL -> all(parts.stream().map(this::bits).toList());
            case ANY -> any(parts);
            case NONE -> any(parts).not();
        };
    }

    /** What tells apart what is read from different places; the rule itself where it is read for itself. */
    private Object source(Rule rule) {
        CountSource source = CountSource.of(rule);
        return basis && BasisSql.answers(rule, context)
                ? "basis"
                : source == CountSource.CUSTOMER || source == CountSource.SUMMARY ? source : new Object();
    }

    private Bits any(List<Rule> parts) {
        return all(parts.stream().map(rule -> bits(rule).not()).toList()).not();
    }

    private static Bits all(List<Bits> parts) {
        List<Bits> held = parts.stream().filter(part -> !part.negated()).toList();
        List<Bits> excluded = parts.stream().filter(Bits::negated).toList();
        if (held.isEmpty()) {
            String none = excluded.stream().map(Bits::sql).collect(Collectors.joining(" | "));
            return new Bits(none.isEmpty() ? "0" : "(" + none + ")", true);
        }
        return new Bits(
                Stream.concat(held.stream().map(Bits::sql), excluded.stream().map(part -> "~" + part.sql()))
                        .collect(Collectors.joining(" & ", "(", ")")),
                false);
    }

    /** What lies in a table of its own, read there; else customer by customer. */
    private Bits other(Rule rule) {
        return switch (rule) {
            case Orders orders -> {
                SqlBuilder sql = new SqlBuilder().add("(");
                new OrdersSql(sql, context).customersPerhapsTwice(orders);
                yield new Bits(words.leaf("g.customer_id", sql.add(") g")), OrdersSql.passesWithout(orders.measures()));
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
            case Member member -> {
                // Other segments were put in their places before; what is left are lists.
                SqlBuilder sql = new SqlBuilder()
                        .add(
                                "segment_listed m WHERE m.tenant_id = ? AND m.segment_id = ?",
                                context.tenant().value(),
                                member.segment().value());
                context.narrow(sql, "m.customer_id");
                yield new Bits(words.leaf("m.customer_id", sql), !member.in());
            }
            case Condition condition
            when condition.field() == Field.TAG && ONE_OF.contains(condition.operator()) ->
                members("customer_tag m WHERE m.tenant_id = ?", "m.tag", condition);
            case Condition condition
            when condition.field() == Field.SUPPRESSED ->
                new Bits(suppressed(List.of()), condition.values().getFirst().equals("false"));
            case Condition condition
            when condition.field() == Field.SUPPRESSION_REASON ->
                new Bits(suppressed(condition.values()), condition.operator().holdsOfUnknown());
            default -> oneByOne(rule);
        };
    }

    private Bits members(String from, String column, Condition condition) {
        SqlBuilder sql = new SqlBuilder().add(from, context.tenant().value());
        if (!condition.values().isEmpty()) {
            sql.add(" AND ").add(column).add(" IN ").list(condition.values());
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
