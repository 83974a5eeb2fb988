package io.perennial.delivery;

import io.perennial.delivery.MessageEvents.Kind;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What only several visits show: somebody who follows several links of a mail within seconds, or comes right after a
 * machine of the same name, is a machine too. Earlier visits are judged anew then, and counters go back.
 */
@Component
@TenantSql("Reads and changes the events of one message of the current tenant, which the caller has locked.")
class ScannerTraces {

    /** So close together no person follows several links. */
    private static final int SECONDS = 5;
    /** So many links, or all there are. */
    private static final int LINKS = 3;

    private final JdbcClient jdbc;

    ScannerTraces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Seen(
            long id,
            Kind kind,
            Verdict verdict,
            @Nullable Long link,
            @Nullable String agent) {}

    /**
     * Looks at a message again after a click. To be called in the transaction that locked it.
     *
     * @param agent whose click that was
     */
    void look(long message, long run, @Nullable String agent) {
        List<Seen> recent = recent(message);
        long links = recent.stream()
                .filter(seen -> seen.kind() == Kind.CLICK)
                .map(Seen::link)
                .distinct()
                .count();
        boolean all = links >= LINKS || (links > 1 && links == linksOf(run));
        boolean inCompany = recent.stream()
                .anyMatch(seen -> seen.verdict() == Verdict.SCANNER && Objects.equals(seen.agent(), agent));
        if (!all && !inCompany) {
            return;
        }
        List<Seen> unmasked = recent.stream()
                .filter(seen -> seen.verdict().isPerson())
                .filter(seen -> (all && seen.kind() == Kind.CLICK) || Objects.equals(seen.agent(), agent))
                .toList();
        for (Seen seen : unmasked) {
            jdbc.sql("UPDATE message_event SET verdict = 'SCANNER' WHERE tenant_id = ? AND id = ?")
                    .params(tenant(), seen.id())
                    .update();
        }
        unmasked.stream().map(Seen::kind).distinct().forEach(kind -> countAnew(message, run, kind));
    }

    private List<Seen> recent(long message) {
        return jdbc.sql("SELECT id, kind, verdict, link, user_agent FROM message_event WHERE tenant_id = ? "
                        + "AND message_id = ? AND kind IN ('OPEN', 'CLICK') "
                        + "AND at > UTC_TIMESTAMP(6) - INTERVAL " + SECONDS + " SECOND")
                .params(tenant(), message)
                .query((rs, row) -> new Seen(
                        rs.getLong(1),
                        Kind.valueOf(rs.getString(2)),
                        Verdict.valueOf(rs.getString(3)),
                        rs.getObject(4, Long.class),
                        rs.getString(5)))
                .list();
    }

    private long linksOf(long run) {
        return jdbc.sql("SELECT COUNT(*) FROM (SELECT 1 FROM run_link WHERE tenant_id = ? AND run_id = ? LIMIT "
                        + (LINKS + 1) + ") x")
                .params(tenant(), run)
                .query(Long.class)
                .single();
    }

    /** The first by a person that is left, or none: then the message does not count any more. */
    private void countAnew(long message, long run, Kind kind) {
        boolean left = !jdbc.sql("SELECT 1 FROM message_event WHERE tenant_id = ? AND message_id = ? AND kind = ? "
                        + "AND verdict IN ('HUMAN', 'PROXY') LIMIT 1")
                .params(tenant(), message, kind.name())
                .query(Integer.class)
                .list()
                .isEmpty();
        if (left) {
            return;
        }
        int changed = jdbc.sql("UPDATE message SET " + kind.column() + " = NULL WHERE tenant_id = ? AND id = ? AND "
                        + kind.column() + " IS NOT NULL")
                .params(tenant(), message)
                .update();
        if (changed == 1) {
            jdbc.sql("UPDATE delivery_run SET " + kind.counter() + " = " + kind.counter()
                            + " - 1 WHERE tenant_id = ? AND id = ?")
                    .params(tenant(), run)
                    .update();
        }
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
