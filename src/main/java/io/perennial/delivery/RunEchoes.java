package io.perennial.delivery;

import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What came of a run beside what people did: visits by machines, and what servers said when mails came back. */
@Service
@TenantSql("Counts over indexes of events and returns; each statement names the current tenant.")
public class RunEchoes {

    private static final int MOST = 20;

    private final JdbcClient jdbc;

    RunEchoes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param machineOpens how often machines fetched a pixel, or a mailbox did for everybody
     * @param machineClicks how often machines followed a link
     * @param returned what came back, the most frequent first
     */
    public record Echoes(long machineOpens, long machineClicks, List<Returned> returned) {}

    /**
     * @param kind HARD, SOFT, OWN_FAULT, DELAYED or COMPLAINT
     * @param diagnostic one of what servers said, in their words
     * @param count of messages
     */
    public record Returned(String kind, String status, String diagnostic, long count) {}

    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public Echoes of(RunId run) {
        long tenant = CurrentTenant.require().value();
        Map<String, Long> machines = new HashMap<>();
        jdbc.sql("SELECT kind, COUNT(*) FROM message_event WHERE tenant_id = ? AND run_id = ? "
                        + "AND kind IN ('OPEN', 'CLICK') AND verdict IN ('SCANNER', 'PREFETCH') GROUP BY kind")
                .params(tenant, run.value())
                .query((rs, row) -> machines.put(rs.getString(1), rs.getLong(2)))
                .list();
        List<Returned> returned = jdbc.sql("SELECT b.kind, COALESCE(b.status, ''), MIN(b.diagnostic), COUNT(*) "
                        + "FROM message_return b JOIN message m ON m.tenant_id = b.tenant_id AND m.id = b.message_id "
                        + "WHERE b.tenant_id = ? AND b.run_id = ? AND b.kind <> 'DELIVERED' AND m.state <> 'FAILED' "
                        + "GROUP BY b.kind, COALESCE(b.status, '') ORDER BY COUNT(*) DESC LIMIT " + MOST)
                .params(tenant, run.value())
                .query((rs, row) -> new Returned(rs.getString(1), rs.getString(2), rs.getString(3), rs.getLong(4)))
                .list();
        return new Echoes(machines.getOrDefault("OPEN", 0L), machines.getOrDefault("CLICK", 0L), returned);
    }
}
