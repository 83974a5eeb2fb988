package io.perennial.insights;

import io.perennial.accounts.OrderedWork;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Recomputations of insights for the operators' page of jobs. */
@Component
@TenantSql("Counts over all tenants, for operators; no figure of theirs is told.")
class OrderedRecomputations implements OrderedWork {

    private final JdbcClient jdbc;

    OrderedRecomputations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String nameKey() {
        return "insights.ordered";
    }

    @Override
    public List<Open> open() {
        return jdbc.sql("SELECT i.tenant_id, b.name, i.claimed_by IS NOT NULL, "
                        + "COALESCE(i.requested_at, i.claimed_until) FROM insight_run i JOIN business b ON b.id = i.tenant_id "
                        + "WHERE i.requested_at IS NOT NULL OR i.claimed_by IS NOT NULL "
                        + "ORDER BY COALESCE(i.requested_at, i.claimed_until) LIMIT 100")
                .query((rs, n) -> new Open(
                        new TenantId(rs.getLong(1)),
                        rs.getString(2),
                        rs.getBoolean(3),
                        rs.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        null,
                        null))
                .list();
    }

    @Override
    public Ended since(Instant from) {
        return jdbc.sql("SELECT /* all tenants */ COALESCE(SUM(failure IS NULL), 0), "
                        + "COALESCE(SUM(failure IS NOT NULL), 0) FROM insight_run WHERE finished_at > ?")
                .param(LocalDateTime.ofInstant(from, ZoneOffset.UTC))
                .query((rs, n) -> new Ended(rs.getLong(1), rs.getLong(2)))
                .single();
    }
}
