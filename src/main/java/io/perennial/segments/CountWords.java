package io.perennial.segments;

import io.perennial.kernel.TenantId;
import io.perennial.segments.RuleContext.IdRange;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Of whom some things hold, by words of 64 customers ({@code count_word}): everybody who was not erased, consents, suppression. Made
 * from {@code count_basis} by whoever writes that, in the same transaction. What a million rows would be read for is then some
 * ten thousand.
 *
 * @see <a href="../../../../../docs/decisions/0316-kept-words.md">0316-kept-words.md</a>
 */
@TenantSql("Makes words of rows in sets; every statement names the tenant.")
final class CountWords {

    /** What is kept of customers, as the column {@code kind} says it. */
    enum Kind {
        /** Everybody; the value is empty. */
        ALL,
        /** Consent to a topic, the value. */
        GRANTED,
        /** Consent withdrawn. */
        WITHDRAWN,
        /** Suppressed for the reason that the value is. */
        SUPPRESSED
    }

    /** Customers in a word, on average, from which on it is cheaper to read words than rows. */
    private static final int LEAST_IN_A_WORD = 8;

    /** So few words cost nothing, however few customers each has. */
    private static final int FEW_WORDS = 256;

    private static final String DELETE = "DELETE f FROM count_word f";
    private static final String FORGET = "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (word BIGINT PATH '$[0]', "
            + "places BIGINT UNSIGNED PATH '$[1]')) m STRAIGHT_JOIN count_word f ON f.tenant_id = ? AND f.word = m.word "
            + "SET f.bits = f.bits & ~m.places";
    private static final String BITS = "f.word, BIT_OR(1 << (f.customer_id & 63)) FROM count_basis f";
    private static final String INTO =
            "INSERT INTO count_word (tenant_id, kind, value, word, bits) SELECT f.tenant_id, ";
    private static final String OF_TOPICS =
            " JOIN consent_topic t ON t.tenant_id = f.tenant_id AND FIND_IN_SET(t.code, ";

    private final JdbcClient jdbc;

    CountWords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether words are kept for a business. */
    boolean areKept(TenantId tenant) {
        return jdbc.sql("SELECT 1 FROM segment_upkeep WHERE tenant_id = ? AND words_kept")
                .param(tenant.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Decides whether words are kept from now on; to be called before everybody is copied anew. */
    void decide(TenantId tenant) {
        boolean pays = jdbc.sql("SELECT COUNT(*) >= ? * COUNT(DISTINCT c.id >> 6) OR COUNT(DISTINCT c.id >> 6) <= ? "
                        + "FROM customer c WHERE c.tenant_id = ? AND c.erased_at IS NULL")
                .params(LEAST_IN_A_WORD, FEW_WORDS, tenant.value())
                .query(Boolean.class)
                .single();
        if (!pays) {
            jdbc.sql("DELETE FROM count_word WHERE tenant_id = ?")
                    .param(tenant.value())
                    .update();
        }
        jdbc.sql("UPDATE segment_upkeep SET words_kept = ? WHERE tenant_id = ?")
                .params(pays, tenant.value())
                .update();
    }

    /** Says anew what holds of some customers, where words are kept. Reads nothing of others, however many share their words. */
    void renew(TenantId tenant, Collection<Long> customers) {
        TreeMap<Long, Long> places = new TreeMap<>();
        customers.forEach(customer -> places.merge(IdRange.word(customer), 1L << customer, (a, b) -> a | b));
        if (places.isEmpty() || !areKept(tenant)) {
            return;
        }
        jdbc.sql(FORGET)
                .params(
                        places.entrySet().stream()
                                .map(place ->
                                        "[" + place.getKey() + "," + Long.toUnsignedString(place.getValue()) + "]")
                                .collect(Collectors.joining(",", "[", "]")),
                        tenant.value())
                .update();
        insert(
                tenant,
                new SqlBuilder()
                        .add(" AND f.customer_id IN ")
                        .list(new TreeSet<>(customers))
                        .build(),
                " ON DUPLICATE KEY UPDATE bits = bits | VALUES(bits)");
        SqlFragment empty = new SqlBuilder()
                .add(" AND f.word IN ")
                .list(places.keySet())
                .add(" AND f.bits = 0")
                .build();
        write(tenant, DELETE, empty, "");
    }

    /** Makes the words of all ids between two anew, where words are kept; both inclusive. */
    void renew(TenantId tenant, long first, long last) {
        if (areKept(tenant)) {
            SqlFragment between =
                    SqlFragment.of(" AND f.word BETWEEN ? AND ?", IdRange.word(first), IdRange.word(last));
            write(tenant, DELETE, between, "");
            insert(tenant, between, "");
        }
    }

    private void insert(TenantId tenant, SqlFragment which, String end) {
        write(tenant, INTO + "'ALL', '', " + BITS, which, " GROUP BY f.word" + end);
        SqlFragment suppressed = new SqlBuilder()
                .add(
                        which.sql() + " AND f.suppressed IS NOT NULL",
                        which.params().toArray())
                .build();
        write(tenant, INTO + "'SUPPRESSED', f.suppressed, " + BITS, suppressed, " GROUP BY f.suppressed, f.word" + end);
        write(
                tenant,
                INTO + "'GRANTED', t.code, " + BITS + OF_TOPICS + "f.granted) > 0",
                which,
                " GROUP BY t.code, f.word" + end);
        write(
                tenant,
                INTO + "'WITHDRAWN', t.code, " + BITS + OF_TOPICS + "f.withdrawn) > 0",
                which,
                " GROUP BY t.code, f.word" + end);
    }

    private void write(TenantId tenant, String begin, SqlFragment which, String end) {
        jdbc.sql(begin + " WHERE f.tenant_id = ?" + which.sql() + end)
                .param(tenant.value())
                .params(which.params())
                .update();
    }
}
