package io.perennial.delivery;

import io.perennial.delivery.pace.Pacing;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who of those queued is no longer to be mailed, or not now. */
@Component
@TenantSql("Reads consent and suppression for a chunk of messages in one statement that names the run's tenant in "
        + "every join.")
class Audience {

    private final JdbcClient jdbc;
    private final Pacing pacing;

    Audience(JdbcClient jdbc, Pacing pacing) {
        this.jdbc = jdbc;
        this.pacing = pacing;
    }

    /** What becomes of those messages of a claim that are not sent now: left out for good, or put off. */
    Map<Long, Mark> decide(Claim claim) {
        Map<Long, Mark> decided = new HashMap<>();
        unwanted(claim).forEach((id, reason) -> decided.put(id, Mark.skipped(id, reason)));
        List<Pacing.Mail> wanted = claim.messages().stream()
                .filter(held -> !decided.containsKey(held.id()))
                .map(held -> new Pacing.Mail(held.id(), held.customer(), held.email()))
                .toList();
        Run run = claim.run();
        pacing.refuse(run.tenant(), run.id().value(), wanted)
                .forEach(refusal -> decided.put(refusal.id(), mark(refusal)));
        return decided;
    }

    private static Mark mark(Pacing.Refusal refusal) {
        Duration wait = refusal.delay();
        return wait == null
                ? Mark.skipped(refusal.id(), refusal.why())
                : Mark.putOff(refusal.id(), refusal.why(), wait);
    }

    /** Those that must not be sent, with the reason. */
    private Map<Long, String> unwanted(Claim claim) {
        Run run = claim.run();
        long tenant = run.tenant().value();
        List<Object> params = new ArrayList<>(List.of(tenant, tenant, tenant));
        params.add(run.topic() == null ? "" : run.topic());
        params.add(tenant);
        params.add(tenant);
        claim.messages().forEach(message -> params.add(message.id()));
        Map<Long, String> reasons = new HashMap<>();
        jdbc.sql(
                        "SELECT m.id, s.reason, c.id IS NULL gone, q.until_at FROM message m "
                                + "LEFT JOIN customer c ON c.tenant_id = ? AND c.id = m.customer_id AND c.erased_at IS NULL "
                                + "LEFT JOIN suppression s ON s.tenant_id = ? "
                                + "AND s.email_hash = UNHEX(SHA2(LOWER(m.email), 256)) "
                                + "LEFT JOIN consent w ON w.tenant_id = ? AND w.customer_id = m.customer_id AND w.topic = ? "
                                + "AND w.status = 'WITHDRAWN' "
                                + "LEFT JOIN customer_pause q ON q.tenant_id = ? AND q.customer_id = m.customer_id "
                                + "AND q.until_at > UTC_TIMESTAMP(6) "
                                + "WHERE m.tenant_id = ? AND m.id IN ("
                                + Ledger.marks(claim.messages().size())
                                + ") AND (c.id IS NULL OR s.email_hash IS NOT NULL OR w.topic IS NOT NULL OR q.until_at IS NOT NULL)")
                .params(params)
                .query((rs, row) -> reasons.put(
                        rs.getLong(1), reason(rs.getString(2), rs.getBoolean(3), rs.getObject(4, LocalDateTime.class))))
                .list();
        return reasons;
    }

    private static String reason(@Nullable String suppression, boolean gone, @Nullable LocalDateTime paused) {
        if (gone) {
            return "No longer a customer";
        }
        if (suppression == null && paused != null) {
            return "Wants no mails before " + paused.toLocalDate();
        }
        return suppression == null ? "Unsubscribed from this topic" : "Suppressed: " + suppression;
    }
}
