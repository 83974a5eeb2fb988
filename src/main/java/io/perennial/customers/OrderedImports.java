package io.perennial.customers;

import io.perennial.accounts.OrderedWork;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Imports and checks of files for the operators' page of jobs. */
@Component
@TenantSql("Counts over all tenants, for operators; nothing of what is imported is told.")
class OrderedImports implements OrderedWork {

    private final JdbcClient jdbc;

    OrderedImports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String nameKey() {
        return "customers.import.ordered";
    }

    @Override
    public List<Open> open() {
        return jdbc.sql("SELECT j.tenant_id, b.name, j.state, j.queued_at, j.beat_at, "
                        + "j.bytes_done / NULLIF(j.bytes_total, 0) AS share FROM import_job j "
                        + "JOIN business b ON b.id = j.tenant_id WHERE j.state IN ('QUEUED', 'RUNNING') "
                        + "ORDER BY j.queued_at LIMIT 100")
                .query((rs, n) -> new Open(
                        new TenantId(rs.getLong(1)),
                        rs.getString(2),
                        rs.getString(3).equals("RUNNING"),
                        rs.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getObject(5, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getObject(6) == null ? null : rs.getDouble(6)))
                .list();
    }

    @Override
    public Ended since(Instant from) {
        return jdbc.sql("SELECT /* all tenants */ COALESCE(SUM(state = 'DONE'), 0), "
                        + "COALESCE(SUM(state IN ('FAILED', 'INTERRUPTED')), 0) FROM import_job WHERE finished_at > ?")
                .param(LocalDateTime.ofInstant(from, ZoneOffset.UTC))
                .query((rs, n) -> new Ended(rs.getLong(1), rs.getLong(2)))
                .single();
    }
}
