package io.perennial.segments;

import io.perennial.tenancy.SqlFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Customers as words of 64, a bit each: what is read from a table by itself becomes one leaf; the words of all leaves are put
 * side by side by one statement. Bits are combined by their names, with {@code &}, {@code |} and {@code ~}.
 *
 * @see <a href="../../../../../docs/decisions/0308-counting-a-million.md">0308-counting-a-million.md</a>
 */
final class WordsSql {

    /** As the database cuts off what GROUP_CONCAT makes, unless told otherwise. */
    private static final int LONGEST = 1024;

    /** Groups and sets of a million customers stay in memory, where MySQL would write them to disk from 16 MB on; MariaDB reads it not. */
    static final String IN_MEMORY = "/*+ SET_VAR(tmp_table_size = 134217728) */ ";

    /** A row for each place in a word, to take words apart. */
    static final String PLACES = IntStream.range(0, Long.SIZE)
            .mapToObj(place -> "SELECT " + place + (place == 0 ? " AS place" : ""))
            .collect(Collectors.joining(" UNION ALL "));

    /** No bits, of the type of bits: beside a bare NULL, MariaDB takes the bits of other parts for signed and cuts one off. */
    private static final String ZERO = "CAST(0 AS UNSIGNED)";

    /**
     * Has MariaDB, which alone reads it, sort rows by word and then group them as they pass. In its table of groups each row that doesn't
     * come in the words' order costs twice as much.
     */
    private static final String SORTED = "/*M! SQL_BIG_RESULT */ ";

    /** Stands in a leaf where it has no columns of the basis, until it is known how many these are. */
    private static final String NOTHING_OF_BASIS = "/*basis*/";

    private final RuleContext context;
    private final List<SqlFragment> leaves = new ArrayList<>();
    private final List<SqlFragment> predicates = new ArrayList<>();
    private boolean foreign;

    /** Whether customers come in about the order of their ids from where they are read. */
    enum Coming {
        IN_ORDER,
        IN_DISORDER
    }

    WordsSql(RuleContext context) {
        this.context = context;
    }

    /** What is read from some table about in the order of customers, as {@link #leaf(String, SqlBuilder, Coming)}. */
    String leaf(String id, SqlBuilder from) {
        return leaf(id, from, Coming.IN_ORDER);
    }

    /**
     * What is read from some table.
     *
     * @param id constant SQL of the customer's id
     * @param from what follows FROM
     * @return the name of its bits
     */
    String leaf(String id, SqlBuilder from, Coming coming) {
        SqlFragment read = from.build();
        String word = id + " >> 6";
        foreign = true;
        leaves.add(new SqlBuilder()
                .add(coming == Coming.IN_DISORDER ? "SELECT " + SORTED : "SELECT ")
                .add(leaves.size() + " AS leaf, ")
                .add(word + " AS word, BIT_OR(1 << (" + id + " & 63)) AS bits")
                .add(NOTHING_OF_BASIS)
                .add(" FROM ")
                .add(read.sql(), read.params().toArray())
                .add(" GROUP BY " + word)
                .build());
        return "b" + (leaves.size() - 1);
    }

    /**
     * What words are kept of, read from these; and from rows of {@code count_basis f} for words that are not to be trusted whole.
     *
     * @param kept what follows FROM, of {@code count_word k}
     * @param rows what follows FROM, or nothing where all words are to be trusted
     * @return the name of its bits
     */
    String kept(SqlBuilder kept, @Nullable SqlBuilder rows) {
        String leaf = "SELECT " + leaves.size() + " AS leaf, ";
        SqlFragment words = kept.build();
        SqlBuilder sql = new SqlBuilder()
                .add(leaf + "k.word AS word, k.bits AS bits" + NOTHING_OF_BASIS + " FROM ")
                .add(words.sql(), words.params().toArray());
        if (rows != null) {
            SqlFragment others = rows.build();
            sql.add(" UNION ALL " + leaf + "f.word AS word, BIT_OR(1 << (f.customer_id & 63)) AS bits"
                            + NOTHING_OF_BASIS + " FROM ")
                    .add(others.sql(), others.params().toArray())
                    .add(" GROUP BY f.word");
        }
        leaves.add(sql.build());
        return "b" + (leaves.size() - 1);
    }

    /**
     * What is asked of {@code count_basis f}, in one reading with whatever else is.
     *
     * @return the name of its bits
     */
    String ofBasis(SqlFragment predicate) {
        predicates.add(predicate);
        return "p" + (predicates.size() - 1);
    }

    boolean readBasis() {
        return !predicates.isEmpty();
    }

    /** Whether nothing was read of the tables themselves. */
    boolean readOnlyCopy() {
        return !foreign;
    }

    /** One row: how many the bits are of, as {@code picked}, and the last of these words, as {@code newest}. */
    SqlFragment count(String bits) {
        SqlBuilder sql = new SqlBuilder()
                .add("SELECT " + IN_MEMORY + "COALESCE(SUM(BIT_COUNT(bits)), 0) AS picked, "
                        + "GROUP_CONCAT(IF(bits = 0, NULL, CONCAT(word, ':', bits)) ORDER BY word DESC) AS newest FROM (SELECT word, "
                        + bits + " AS bits FROM (");
        sideBySide(sql);
        return sql.add(") words) picked").build();
    }

    /** A row for each word in which two differ: {@code word}, and both as {@code fitting} and {@code held}. */
    SqlFragment differing(String fitting, String held) {
        SqlBuilder sql = new SqlBuilder().add("SELECT word, (" + fitting + ") AS fitting, " + held + " AS held FROM (");
        sideBySide(sql);
        return sql.add(") words WHERE (" + fitting + ") <> " + held).build();
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

    private void sideBySide(SqlBuilder sql) {
        sql.add("SELECT word, "
                        + Stream.concat(
                                        numbers(leaves).map(i -> "BIT_OR(IF(leaf = " + i + ", bits, NULL)) AS b" + i),
                                        numbers(predicates).map(i -> "BIT_OR(p" + i + ") AS p" + i))
                                .collect(Collectors.joining(", ")))
                .add(" FROM (");
        if (readBasis()) {
            basis(sql);
        }
        String none = numbers(predicates).map(i -> ", " + ZERO).collect(Collectors.joining());
        for (int i = 0; i < leaves.size(); i++) {
            SqlFragment leaf = leaves.get(i);
            sql.add(i == 0 && !readBasis() ? "" : " UNION ALL ")
                    .add(
                            leaf.sql().replace(NOTHING_OF_BASIS, none),
                            leaf.params().toArray());
        }
        sql.add(") leaves GROUP BY word");
    }

    /** All that is asked of the basis, in one reading. */
    private void basis(SqlBuilder sql) {
        boolean alone = predicates.size() == 1;
        SqlBuilder where = new SqlBuilder();
        String bit = "1 << (f.customer_id & 63)";
        sql.add("SELECT -1 AS leaf, f.word AS word, " + ZERO + " AS bits");
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
        sql.add(
                " FROM count_basis f FORCE INDEX (PRIMARY) WHERE f.tenant_id = ?",
                context.tenant().value());
        context.narrow(sql, "f.customer_id", "f.word");
        if (alone) {
            SqlFragment predicate = predicates.getFirst();
            sql.add(" AND ").add(predicate.sql(), predicate.params().toArray());
        } else {
            SqlFragment any = where.add(")").build();
            sql.add(any.sql(), any.params().toArray());
        }
        sql.add(" GROUP BY f.word");
    }

    private static Stream<String> numbers(List<SqlFragment> of) {
        return Stream.iterate(0, i -> i + 1).limit(of.size()).map(String::valueOf);
    }
}
