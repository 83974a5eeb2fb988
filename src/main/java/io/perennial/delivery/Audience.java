package io.perennial.delivery;

import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who of those queued is no longer to be mailed. */
@Component
@TenantSql("Reads consent and suppression for a chunk of messages in one statement that names the run's tenant in "
        + "every join.")
class Audience {

    private final JdbcClient jdbc;

    Audience(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The messages of a claim that must not be sent, with the reason. */
    Map<Long, String> unwanted(Claim claim) {
        Run run = claim.run();
        long tenant = run.tenant().value();
        List<Object> params = new ArrayList<>(List.of(tenant, tenant, tenant));
        params.add(run.topic() == null ? "" : run.topic());
        params.add(tenant);
        claim.messages().forEach(message -> params.add(message.id()));
        Map<Long, String> reasons = new HashMap<>();
        jdbc.sql("SELECT m.id, s.reason, c.id IS NULL gone FROM message m "
                        + "LEFT JOIN customer c ON c.tenant_id = ? AND c.id = m.customer_id AND c.erased_at IS NULL "
                        + "LEFT JOIN suppression s ON s.tenant_id = ? "
                        + "AND s.email_hash = UNHEX(SHA2(LOWER(m.email), 256)) "
                        + "LEFT JOIN consent w ON w.tenant_id = ? AND w.customer_id = m.customer_id AND w.topic = ? "
                        + "AND w.status = 'WITHDRAWN' "
                        + "WHERE m.tenant_id = ? AND m.id IN ("
                        + Ledger.marks(claim.messages().size())
                        + ") AND (c.id IS NULL OR s.email_hash IS NOT NULL OR w.topic IS NOT NULL)")
                .params(params)
                .query((rs, row) -> reasons.put(rs.getLong(1), reason(rs.getString(2), rs.getBoolean(3))))
                .list();
        return reasons;
    }

    private static String reason(@org.jspecify.annotations.Nullable String suppression, boolean gone) {
        if (gone) {
            return "No longer a customer";
        }
        return suppression == null ? "Unsubscribed from this topic" : "Suppressed: " + suppression;
    }
}
