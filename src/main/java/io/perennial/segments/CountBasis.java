package io.perennial.segments;

import static io.perennial.customers.CustomerAspect.BIRTHDAY;
import static io.perennial.customers.CustomerAspect.CONSENT;
import static io.perennial.customers.CustomerAspect.EMAIL;
import static io.perennial.customers.CustomerAspect.EXISTENCE;
import static io.perennial.customers.CustomerAspect.GENDER;
import static io.perennial.customers.CustomerAspect.LOCALE;
import static io.perennial.customers.CustomerAspect.ORDERS;
import static io.perennial.customers.CustomerAspect.PLACE;
import static io.perennial.customers.CustomerAspect.SCORES;
import static io.perennial.customers.CustomerAspect.SUPPRESSION;

import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * One row of each customer with what counts of rules ask most ({@code count_basis}), copied from the tables it belongs to.
 * The copy lags behind by what {@link CustomerChanges} still names, so a count asks these few of the tables themselves and
 * is as right as without; it never trusts a copy that is not complete.
 *
 * @see <a href="../../../../../docs/decisions/0308-counting-a-million.md">0308-counting-a-million.md</a>
 */
@Component
@TenantSql("Copies in sets; every statement names the tenant.")
class CountBasis {

    /** What of customers is in it. */
    static final Set<CustomerAspect> ASPECTS =
            Set.of(EXISTENCE, EMAIL, PLACE, LOCALE, GENDER, BIRTHDAY, CONSENT, SUPPRESSION, ORDERS, SCORES);

    /** Customers copied in a step. */
    private static final int STEP = 5_000;

    /** A count asks so many of the tables themselves; where more have changed it asks everybody there. */
    private static final int MOST_CHANGED = 1_000;

    /** What a list of topics can hold; GROUP_CONCAT cuts off at 1,024 bytes unless told otherwise. */
    private static final int LONGEST = 1_000;

    private static final String COLUMNS = "city, country, locale, gender, birthday, created_at, suppressed, granted, "
            + "withdrawn, orders, order_days, first_order_at, last_order_at, value, rfm_recency, rfm_frequency, "
            + "rfm_monetary, churn_risk, clv";
    private static final String COPY = "INSERT INTO count_basis (tenant_id, word, customer_id, " + COLUMNS + ") "
            + "SELECT c.tenant_id, c.id >> 6, c.id, c.city, c.country, c.locale, c.gender, c.birthday, c.created_at, "
            + "(SELECT p.reason FROM suppression p WHERE p.tenant_id = c.tenant_id "
            + "AND p.email_hash = UNHEX(SHA2(c.email, 256))), " + topics("GRANTED") + ", " + topics("WITHDRAWN") + ", "
            + "COALESCE(s.orders, 0), COALESCE(s.order_days, 0), s.first_order_at, s.last_order_at, "
            + "COALESCE(s.value, 0), s.rfm_recency, s.rfm_frequency, s.rfm_monetary, s.churn_risk, s.clv "
            + "FROM customer c LEFT JOIN customer_summary s ON s.tenant_id = c.tenant_id AND s.customer_id = c.id "
            + "WHERE c.tenant_id = ? AND c.erased_at IS NULL AND ";
    private static final String AGAIN = " ON DUPLICATE KEY UPDATE "
            + String.join(
                    ", ",
                    List.of(COLUMNS.split(", ")).stream()
                            .map(column -> column + " = VALUES(" + column + ")")
                            .toList());

    private final JdbcClient jdbc;
    private final CustomerChanges changes;
    private final CountWords words;

    /**
     * What a count may trust.
     *
     * @param changed whom it does not show as they are
     */
    record Shown(CountCopy copy, List<Long> changed) {}

    CountBasis(JdbcClient jdbc, CustomerChanges changes) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.words = new CountWords(jdbc);
    }

    /** The same copy as another server shows it, for reading. */
    CountBasis at(DataSource server) {
        JdbcClient there = JdbcClient.create(server);
        return new CountBasis(there, changes.at(there));
    }

    private static String topics(String status) {
        return "COALESCE((SELECT GROUP_CONCAT(m.topic) FROM consent m WHERE m.tenant_id = c.tenant_id "
                + "AND m.customer_id = c.id AND m.status = '" + status + "'), '')";
    }

    /**
     * Those whom the copy may not show as they are, or nothing where it cannot be used: it is not complete, or too many
     * have changed.
     */
    Optional<List<Long>> changed(TenantId tenant) {
        // In this order: who takes a note away without copying marks the copy incomplete in the same transaction.
        return changes.waiting(tenant, ASPECTS, MOST_CHANGED)
                .filter(all -> isComplete(tenant))
                .map(List::copyOf);
    }

    /** What a count of now may trust. */
    Shown shown(TenantId tenant) {
        List<Long> apart = changed(tenant).orElse(null);
        if (apart == null) {
            return new Shown(CountCopy.NONE, List.of());
        }
        return new Shown(words.areKept(tenant) ? CountCopy.ROWS_AND_WORDS : CountCopy.ROWS, apart);
    }

    boolean isComplete(TenantId tenant) {
        return jdbc.sql("SELECT 1 FROM segment_upkeep WHERE tenant_id = ? AND basis_complete")
                .param(tenant.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Copies some customers anew, and takes out who is gone. Joins the transaction around. */
    void copy(TenantId tenant, Collection<Long> customers) {
        if (!canHoldTopics(tenant)) {
            incomplete(tenant);
            return;
        }
        List<Long> ids = new ArrayList<>(new TreeSet<>(customers));
        for (int from = 0; from < ids.size(); from += STEP) {
            List<Long> some = ids.subList(from, Math.min(ids.size(), from + STEP));
            SqlBuilder among = new SqlBuilder().add("c.id IN ").list(some);
            var narrowed = among.build();
            jdbc.sql(COPY + narrowed.sql() + AGAIN)
                    .param(tenant.value())
                    .params(narrowed.params())
                    .update();
            // Not in one statement with their deletion, which would lock the customers that it looks at.
            Set<Long> gone = new HashSet<>(some);
            gone.removeAll(jdbc.sql("SELECT c.id FROM customer c WHERE c.tenant_id = ? AND c.erased_at IS NULL AND "
                            + narrowed.sql())
                    .param(tenant.value())
                    .params(narrowed.params())
                    .query(Long.class)
                    .list());
            remove(tenant, List.copyOf(gone));
            words.renew(tenant, some);
        }
    }

    /** Says that the copy shows no longer how everybody is. */
    void incomplete(TenantId tenant) {
        jdbc.sql("UPDATE segment_upkeep SET basis_complete = FALSE WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
    }

    /** Says that everybody was copied since it was incomplete; changes meanwhile are noted. */
    void complete(TenantId tenant) {
        jdbc.sql("UPDATE segment_upkeep SET basis_complete = TRUE WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
    }

    /** Whether it can hold what consents a business has; some dozens of topics are too many. */
    boolean canHoldTopics(TenantId tenant) {
        return jdbc.sql("SELECT COALESCE(SUM(LENGTH(code) + 1), 0) <= ? AND COALESCE(MAX(INSTR(code, ',')), 0) = 0 "
                        + "FROM consent_topic WHERE tenant_id = ?")
                .params(LONGEST, tenant.value())
                .query(Boolean.class)
                .single();
    }

    /**
     * Copies the next customers.
     *
     * @param after the last id that was copied
     * @return the last id now, or nothing where there are no more
     */
    Optional<Long> copyNext(TenantId tenant, long after) {
        if (after == Long.MIN_VALUE) {
            words.decide(tenant);
        }
        Optional<Long> last = jdbc.sql("SELECT MAX(id) FROM (SELECT id FROM customer c FORCE INDEX (PRIMARY) "
                        + "WHERE c.tenant_id = ? AND c.id > ? ORDER BY c.id LIMIT " + STEP + ") next")
                .params(tenant.value(), after)
                .query(Long.class)
                .optional();
        long upTo = last.orElse(Long.MAX_VALUE);
        jdbc.sql(COPY + "c.id > ? AND c.id <= ?" + AGAIN)
                .params(tenant.value(), after, upTo)
                .update();
        remove(
                tenant,
                jdbc.sql("SELECT f.customer_id FROM count_basis f LEFT JOIN customer c ON c.tenant_id = f.tenant_id "
                                + "AND c.id = f.customer_id AND c.erased_at IS NULL WHERE f.tenant_id = ? "
                                + "AND f.customer_id > ? AND f.customer_id <= ? AND c.id IS NULL")
                        .params(tenant.value(), after, upTo)
                        .query((rs, n) -> rs.getLong(1))
                        .list());
        words.renew(tenant, after, upTo);
        return last;
    }

    private void remove(TenantId tenant, List<Long> customers) {
        for (int from = 0; from < customers.size(); from += STEP) {
            var gone = new SqlBuilder()
                    .list(customers.subList(from, Math.min(customers.size(), from + STEP)))
                    .build();
            jdbc.sql("DELETE FROM count_basis WHERE tenant_id = ? AND customer_id IN " + gone.sql())
                    .param(tenant.value())
                    .params(gone.params())
                    .update();
        }
    }
}
