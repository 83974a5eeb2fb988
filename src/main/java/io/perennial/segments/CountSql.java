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
import org.jspecify.annotations.Nullable;

/**
 * Compiles a rule to the statement that counts it. Nothing is joined customer by customer, which costs 2 µs each: every
 * leaf of the rule is read by itself, from the one table it is about and in that table's order, into words of 64
 * customers a bit each; the words of all leaves are put side by side and combined by AND, OR and NOT as the rule says.
 *
 * @see <a href="../../../../../docs/decisions/0308-counting-a-million.md">0308-counting-a-million.md</a>
 */
final class CountSql {

    /** As the database cuts off what GROUP_CONCAT makes, unless told otherwise. */
    private static final int LONGEST = 1024;

    private static final String EVERYBODY =
            "customer c FORCE INDEX (ix_customer_erased) WHERE c.tenant_id = ? AND c.erased_at IS NULL";
    private static final String ERASED =
            "customer c FORCE INDEX (ix_customer_erased) WHERE c.tenant_id = ? AND c.erased_at IS NOT NULL";

    /** Groups and sets of a million customers stay in memory, where MySQL would write them to disk from 16 MB on; MariaDB reads it not. */
    private static final String IN_MEMORY = "/*+ SET_VAR(tmp_table_size = 134217728) */ ";

    /** No bits, of the type of bits: beside a bare NULL, MariaDB takes the bits of other parts for signed and cuts one off. */
    private static final String ZERO = "CAST(0 AS UNSIGNED)";

    /** Stands in a leaf where it has no columns of the basis, until it is known how many these are. */
    private static final String NOTHING_OF_BASIS = "/*basis*/";

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
    private final List<SqlFragment> leaves = new ArrayList<>();
    private final List<SqlFragment> predicates = new ArrayList<>();

    private CountSql(RuleContext context, boolean basis) {
        this.context = context;
        this.basis = basis;
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
        CountSql compiler = new CountSql(context, basis && gainsByBasis(rule, context));
        Bits picked = compiler.bits(rule);
        if (!compiler.predicates.isEmpty() && (picked.negated() || compiler.leaves.isEmpty())) {
            return compiler.statement(
                    picked.negated() ? compiler.ofBasis(Rule.everybody()) + " & ~" + picked.sql() : picked.sql());
        }
        SqlBuilder some = new SqlBuilder()
                .add(picked.negated() ? EVERYBODY : ERASED, context.tenant().value());
        context.narrow(some, "c.id");
        String them = compiler.leaf("c.id", some);
        return compiler.statement(picked.negated() ? them + " & ~" + picked.sql() : picked.sql() + " & ~" + them);
    }

    /** Whether {@link #compile} reads much of all orders ever. */
    static boolean readsLong(Rule rule, RuleContext context, boolean basis) {
        if (basis && BasisSql.answers(rule, context)) {
            return false;
        }
        return switch (rule) {
            case Group group -> group.rules().stream().anyMatch(part -> readsLong(part, context, basis));
            case Orders orders -> OrdersSql.readsLong(orders, context.today());
            default -> false;
        };
    }

    /** Whether reading the basis of everybody is worth it, and not all that it could answer has an index of its own. */
    static boolean gainsByBasis(Rule rule, RuleContext context) {
        if (BasisSql.answers(rule, context)) {
            return !hasIndex(rule);
        }
        if (rule instanceof Group group) {
            long answered = group.rules().stream()
                    .filter(part -> BasisSql.answers(part, context))
                    .count();
            return answered > 1 || group.rules().stream().anyMatch(part -> gainsByBasis(part, context));
        }
        return false;
    }

    private static boolean hasIndex(Rule rule) {
        return switch (rule) {
            case Condition condition when condition.operator().holdsOfUnknown() -> false;
            case Condition condition
            when condition.field() == Field.SUPPRESSED ->
                condition.values().getFirst().equals("true");
            case Condition condition ->
                condition.field() == Field.SUPPRESSION_REASON
                        || !CountSource.index(condition).equals("PRIMARY");
            case Consent consent -> consent.status().hasTime();
            default -> false;
        };
    }

    /**
     * The customers in words as a count shows them, the last known first.
     *
     * @param words may end within a word, as the database cuts long texts off; that one is left out
     */
    static List<Long> idsOf(@Nullable String words) {
        List<Long> ids = new ArrayList<>();
        if (words != null) {
            List<String> whole = List.of(words.split(","));
            int last = words.length() < LONGEST ? whole.size() : whole.size() - 1;
            for (String each : whole.subList(0, last)) {
                int colon = each.indexOf(':');
                long word = Long.parseLong(each.substring(0, colon));
                long bits = Long.parseUnsignedLong(each.substring(colon + 1));
                for (int bit = 63; bit >= 0; bit--) {
                    if ((bits >>> bit & 1) == 1) {
                        ids.add(word << 6 | bit);
                    }
                }
            }
        }
        return ids;
    }

    private SqlFragment statement(String picked) {
        SqlBuilder sql = new SqlBuilder()
                .add(
                        "SELECT " + IN_MEMORY + "COALESCE(SUM(BIT_COUNT(bits)), 0) AS picked, "
                                + "GROUP_CONCAT(IF(bits = 0, NULL, CONCAT(word, ':', bits)) ORDER BY word DESC) AS newest FROM (SELECT word, ")
                .add(picked)
                .add(" AS bits FROM (SELECT word, ")
                .add(Stream.concat(
                                numbers(leaves).map(i -> "BIT_OR(IF(leaf = " + i + ", bits, NULL)) AS b" + i),
                                numbers(predicates).map(i -> "BIT_OR(p" + i + ") AS p" + i))
                        .collect(Collectors.joining(", ")))
                .add(" FROM (");
        if (!predicates.isEmpty()) {
            basis(sql);
        }
        String none = numbers(predicates).map(i -> ", " + ZERO).collect(Collectors.joining());
        for (int i = 0; i < leaves.size(); i++) {
            SqlFragment leaf = leaves.get(i);
            sql.add(i == 0 && predicates.isEmpty() ? "" : " UNION ALL ")
                    .add("SELECT " + i + " AS leaf, ")
                    .add(
                            leaf.sql().replace(NOTHING_OF_BASIS, none),
                            leaf.params().toArray());
        }
        return sql.add(") leaves GROUP BY word) words) picked").build();
    }

    /** All that is asked of the basis, in one reading. */
    private void basis(SqlBuilder sql) {
        boolean alone = predicates.size() == 1;
        SqlBuilder where = new SqlBuilder();
        String bit = "1 << (f.customer_id & 63)";
        sql.add("SELECT -1 AS leaf, f.customer_id >> 6 AS word, " + ZERO + " AS bits");
        for (int i = 0; i < predicates.size(); i++) {
            SqlFragment predicate = predicates.get(i);
            if (alone) {
                sql.add(", BIT_OR(" + bit + ") AS p0");
            } else {
                where.add(i == 0 ? " AND (" : " OR ")
                        .add(predicate.sql(), predicate.params().toArray());
                sql.add(", BIT_OR(IF(")
                        .add(predicate.sql(), predicate.params().toArray())
                        .add(", " + bit + ", NULL)) AS p" + i);
            }
        }
        sql.add(" FROM count_basis f WHERE f.tenant_id = ?", context.tenant().value());
        context.narrow(sql, "f.customer_id");
        if (alone) {
            SqlFragment predicate = predicates.getFirst();
            sql.add(" AND ").add(predicate.sql(), predicate.params().toArray());
        } else {
            SqlFragment any = where.add(")").build();
            sql.add(any.sql(), any.params().toArray());
        }
        sql.add(" GROUP BY f.customer_id >> 6");
    }

    /** @return the name of the bits of those a rule that the basis answers holds of */
    private String ofBasis(Rule rule) {
        predicates.add(BasisSql.predicate(rule, context));
        return "p" + (predicates.size() - 1);
    }

    private static Stream<String> numbers(List<SqlFragment> of) {
        return Stream.iterate(0, i -> i + 1).limit(of.size()).map(String::valueOf);
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
        return new Bits(leaf(id, sql), holdsWithout);
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
                yield new Bits(leaf("g.customer_id", sql.add(") g")), OrdersSql.passesWithout(orders.measures()));
            }
            case Activity activity -> {
                SqlBuilder sql = new SqlBuilder().add("(");
                new ActivitySql(sql, context).customersPerhapsTwice(activity);
                yield new Bits(leaf("g.customer_id", sql.add(") g")), ActivitySql.passesWithout(activity));
            }
            case Attribute attribute
            when attribute.operator() != Operator.IS_ALL_OF -> {
                SqlBuilder sql = new SqlBuilder();
                new AttributeSql(sql, context).rows(attribute);
                context.narrow(sql, "m.customer_id");
                yield new Bits(leaf("m.customer_id", sql), AttributeSql.passesWithout(attribute));
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
                yield new Bits(leaf("m.customer_id", sql), !member.in());
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
        return new Bits(leaf("m.customer_id", sql), condition.operator().holdsOfUnknown());
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
        return new Bits(leaf("m.customer_id", sql), !consent.status().hasTime());
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
        return leaf("c.id", sql);
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
        return new Bits(leaf("c.id", sql), false);
    }

    /** @return the name of its bits */
    private String leaf(String id, SqlBuilder from) {
        SqlFragment read = from.build();
        String word = id + " >> 6";
        leaves.add(new SqlBuilder()
                .add(word + " AS word, BIT_OR(1 << (" + id + " & 63)) AS bits")
                .add(NOTHING_OF_BASIS)
                .add(" FROM ")
                .add(read.sql(), read.params().toArray())
                .add(" GROUP BY " + word)
                .build());
        return "b" + (leaves.size() - 1);
    }
}
