package io.perennial.customers.bulk;

import io.perennial.accounts.AuditLog;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Rows of jobs. Progress is written only while the job runs, which tells the worker when it was stopped. */
@Component
@TenantSql("Short updates of single rows by their key; the watch over beats spans tenants and says so.")
class BulkJobStore {

    private static final String COLUMNS =
            "SELECT id, action, detail, state, total, done, changed, by_name, problem FROM bulk_job ";

    private final JdbcClient jdbc;
    private final AuditLog audit;

    BulkJobStore(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    @Transactional
    void add(TenantId tenant, long id, String action, String detail, long total, String by) {
        jdbc.sql("INSERT INTO bulk_job (tenant_id, id, action, detail, state, total, by_name, queued_at, beat_at) "
                        + "VALUES (?, ?, ?, ?, 'QUEUED', ?, ?, ?, ?)")
                .params(
                        tenant.value(),
                        id,
                        action,
                        detail.length() > 200 ? detail.substring(0, 200) : detail,
                        total,
                        by)
                .param(now())
                .param(now())
                .update();
        String words = action.toLowerCase(Locale.ROOT).replace('_', ' ') + " " + detail;
        audit.record(BulkDeed.BEGUN, id, words.strip() + " (" + total + ")");
    }

    Optional<BulkJob> find(TenantId tenant, long id) {
        return jdbc.sql(COLUMNS + "WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .query((rs, n) -> map(rs))
                .optional();
    }

    List<BulkJob> latest(TenantId tenant, int most) {
        return jdbc.sql(COLUMNS + "WHERE tenant_id = ? ORDER BY id DESC LIMIT ?")
                .params(tenant.value(), most)
                .query((rs, n) -> map(rs))
                .list();
    }

    boolean begin(TenantId tenant, long id) {
        return update(tenant, id, "state = 'RUNNING', beat_at = ?", "state = 'QUEUED'", now());
    }

    /** Whether the job still runs. */
    boolean progress(TenantId tenant, long id, long done, long changed) {
        return jdbc.sql("UPDATE bulk_job SET done = ?, changed = ?, beat_at = ? "
                                + "WHERE tenant_id = ? AND id = ? AND state = 'RUNNING'")
                        .params(done, changed, now(), tenant.value(), id)
                        .update()
                > 0;
    }

    boolean finish(TenantId tenant, long id, BulkState state) {
        return update(
                tenant, id, "state = '" + state.name() + "', finished_at = ?", "state IN ('QUEUED', 'RUNNING')", now());
    }

    /** Ends a job that cannot go on; what is done stays. */
    void refuse(TenantId tenant, long id, String problem) {
        jdbc.sql("UPDATE bulk_job SET state = 'REFUSED', problem = ?, finished_at = ? "
                        + "WHERE tenant_id = ? AND id = ? AND state IN ('QUEUED', 'RUNNING')")
                .params(problem.length() > 500 ? problem.substring(0, 500) : problem, now(), tenant.value(), id)
                .update();
    }

    void beat(TenantId tenant, long id) {
        update(tenant, id, "beat_at = ?", "state IN ('QUEUED', 'RUNNING')", now());
    }

    int interruptStale(Duration silence) {
        return jdbc.sql("UPDATE bulk_job /* all tenants */ SET state = 'INTERRUPTED', finished_at = ? "
                        + "WHERE state IN ('QUEUED', 'RUNNING') AND beat_at < ?")
                .params(now(), now().minus(silence))
                .update();
    }

    private boolean update(TenantId tenant, long id, String set, String where, LocalDateTime at) {
        return jdbc.sql("UPDATE bulk_job SET " + set + " WHERE tenant_id = ? AND id = ? AND " + where)
                        .params(at, tenant.value(), id)
                        .update()
                > 0;
    }

    private static BulkJob map(ResultSet rs) throws SQLException {
        return new BulkJob(
                rs.getLong(1),
                rs.getString(2),
                rs.getString(3),
                BulkState.valueOf(rs.getString(4)),
                rs.getLong(5),
                rs.getLong(6),
                rs.getLong(7),
                rs.getString(8),
                rs.getString(9));
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(Clock.systemUTC());
    }
}
