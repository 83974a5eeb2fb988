package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Exports of all that a business owns, for the operators' page of jobs. */
@Component
@TenantSql("Counts over all tenants, for operators; nothing of what is exported is told.")
class OrderedArchives implements OrderedWork {

    private final JdbcClient jdbc;

    OrderedArchives(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String nameKey() {
        return "accounts.archive.ordered";
    }

    @Override
    public List<Open> open() {
        return jdbc.sql(
                        "SELECT d.tenant_id, b.name, d.asked_at, d.beat_at, d.state FROM data_archive d "
                                + "JOIN business b ON b.id = d.tenant_id WHERE d.state IN ('WAITING', 'RUNNING') ORDER BY d.asked_at LIMIT 100")
                .query((rs, n) -> {
                    LocalDateTime beat = rs.getObject(4, LocalDateTime.class);
                    return new Open(
                            new TenantId(rs.getLong(1)),
                            rs.getString(2),
                            rs.getString(5).equals("RUNNING"),
                            rs.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                            beat == null ? null : beat.toInstant(ZoneOffset.UTC),
                            null);
                })
                .list();
    }

    @Override
    public Ended since(Instant from) {
        return jdbc.sql("SELECT /* all tenants */ COUNT(*) FROM data_archive WHERE finished_at > ?")
                .param(LocalDateTime.ofInstant(from, ZoneOffset.UTC))
                .query((rs, n) -> new Ended(rs.getLong(1), 0))
                .single();
    }
}
