package io.perennial.delivery.pace;

import io.perennial.delivery.ContactRules.Cap;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The frequency cap. What counts: mails sent in the days of the cap, those in doubt among them, and those that wait in a
 * run that is being sent; not those of exempt runs. At the moment of sending only older waiting messages count, so of
 * two that race for the last place the elder wins, whichever is looked at first.
 */
@Component
@TenantSql("Counts the messages of many customers by index; each statement names the tenant.")
class FrequencyRule {

    /** Longer than any message waits in the ledger before it is sent, apart from pauses. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    private static final String COUNTS = "((f.state IN ('SENT', 'IN_DOUBT') "
            + "AND COALESCE(f.sent_at, f.changed_at) >= UTC_TIMESTAMP(6) - INTERVAL ? DAY) "
            + "OR (f.state IN ('PENDING', 'CLAIMED', 'TRANSMITTING', 'RETRY_AT') AND r.state = 'SENDING'%s))";

    private final JdbcClient jdbc;

    FrequencyRule(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The customers of a tenant who have had enough: one column, id. */
    SqlFragment hadEnough(TenantId tenant, Cap cap) {
        // By the clustered key: ids grow with time, so the days of the cap lie together.
        return SqlFragment.of(
                "SELECT f.customer_id AS id FROM message f FORCE INDEX (PRIMARY) STRAIGHT_JOIN delivery_run r "
                        + "ON r.tenant_id = f.tenant_id "
                        + "AND r.id = f.run_id WHERE f.tenant_id = ? AND f.id >= ? AND NOT r.exempt AND "
                        + COUNTS.formatted("") + " GROUP BY f.customer_id HAVING COUNT(*) >= ?",
                tenant.value(),
                oldest(cap),
                cap.days(),
                cap.mails());
    }

    /** Those of these mails whose customers have had enough. */
    Set<Long> among(TenantId tenant, Cap cap, List<Pacing.Mail> mails) {
        List<Object> params = new ArrayList<>(List.of(tenant.value()));
        mails.forEach(mail -> params.add(mail.id()));
        params.add(oldest(cap));
        params.add(cap.days());
        params.add(cap.mails());
        return new HashSet<>(jdbc.sql("SELECT m.id FROM message m JOIN message f FORCE INDEX (ix_message_of_customer) "
                        + "ON f.tenant_id = m.tenant_id AND f.customer_id = m.customer_id "
                        + "JOIN delivery_run r ON r.tenant_id = f.tenant_id AND r.id = f.run_id "
                        + "WHERE m.tenant_id = ? AND m.id IN (" + Pacing.marks(mails.size()) + ") AND f.id >= ? "
                        + "AND f.id <> m.id AND NOT r.exempt AND " + COUNTS.formatted(" AND f.id < m.id")
                        + " GROUP BY m.id HAVING COUNT(*) >= ?")
                .params(params)
                .query(Long.class)
                .list());
    }

    private static long oldest(Cap cap) {
        Instant from = Instant.now().minus(Duration.ofDays(cap.days())).minus(LONGEST_WAIT);
        return io.perennial.kernel.TimeOrderedIds.firstAt(from);
    }
}
