package io.perennial.customers.bulk;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.AuditLog;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Rows of jobs. Progress is written only while the job runs, which tells the worker when it was stopped. */
@Component
@TenantSql("Short updates of single rows by their key; the watch over beats spans tenants and says so.")
class BulkJobStore {

    private static final String COLUMNS =
            "SELECT id, action, detail, state, total, done, changed, by_name, problem, undoes, queued_at, finished_at "
                    + "FROM bulk_job ";

    private final JdbcClient jdbc;
    private final AuditLog audit;

    BulkJobStore(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * What a job is to do.
     *
     * @param undoes the job that it takes back
     */
    record Wanted(
            String action,
            String detail,
            long total,
            @Nullable Long undoes) {}

    /** @throws BulkUndoRefused if somebody has begun to undo the same at this moment */
    @Transactional
    void add(TenantId tenant, long id, Wanted wanted, String by) {
        Long undoes = wanted.undoes();
        if (undoes != null) {
            lock(tenant, undoes);
            if (undoing(tenant).contains(undoes)) {
                throw new BulkUndoRefused(t("bulk.undo.under_way"));
            }
        }
        String detail = wanted.detail();
        jdbc.sql("INSERT INTO bulk_job (tenant_id, id, action, detail, state, total, by_name, undoes, queued_at, "
                        + "beat_at) VALUES (?, ?, ?, ?, 'QUEUED', ?, ?, ?, ?, ?)")
                .params(
                        tenant.value(),
                        id,
                        wanted.action(),
                        detail.length() > 200 ? detail.substring(0, 200) : detail,
                        wanted.total(),
                        by)
                .param(undoes)
                .params(now(), now())
                .update();
        String words = wanted.action().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + detail;
        audit.record(
                undoes == null ? BulkDeed.BEGUN : BulkDeed.UNDONE, id, words.strip() + " (" + wanted.total() + ")");
    }

    private void lock(TenantId tenant, long id) {
        jdbc.sql("SELECT id FROM bulk_job WHERE tenant_id = ? AND id = ? FOR UPDATE")
                .params(tenant.value(), id)
                .query(Long.class)
                .single();
    }

    /** Those of some jobs that were undone to the end. */
    Set<Long> undone(TenantId tenant, Collection<Long> jobs) {
        return jobs.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql("SELECT DISTINCT undoes FROM bulk_job WHERE tenant_id = :tenant "
                                + "AND undoes IN (:jobs) AND state = 'DONE'")
                        .param("tenant", tenant.value())
                        .param("jobs", jobs)
                        .query((rs, n) -> rs.getLong(1))
                        .list());
    }

    /** Which jobs are being undone now. */
    Set<Long> undoing(TenantId tenant) {
        return Set.copyOf(jdbc.sql("SELECT DISTINCT undoes FROM bulk_job WHERE tenant_id = ? AND undoes IS NOT NULL "
                        + "AND state IN ('QUEUED', 'RUNNING')")
                .param(tenant.value())
                .query((rs, n) -> rs.getLong(1))
                .list());
    }

    /** How many were changed by jobs from this one on, apart from those that undid. */
    long changedSince(TenantId tenant, long id) {
        return jdbc.sql("SELECT COALESCE(SUM(changed), 0) FROM bulk_job WHERE tenant_id = ? AND id >= ? "
                        + "AND undoes IS NULL")
                .params(tenant.value(), id)
                .query(Long.class)
                .single();
    }

    Optional<BulkJob> find(TenantId tenant, long id) {
        return jdbc.sql(COLUMNS + "WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .query((rs, n) -> map(rs))
                .optional();
    }

    List<BulkJob> before(TenantId tenant, long id, int most) {
        return jdbc.sql(COLUMNS + "WHERE tenant_id = ? AND id < ? ORDER BY id DESC LIMIT ?")
                .params(tenant.value(), id, most)
                .query((rs, n) -> map(rs))
                .list();
    }

    boolean begin(TenantId tenant, long id) {
        return update(tenant, id, "state = 'RUNNING', beat_at = ?", "state = 'QUEUED'", now());
    }

    /** Whether the job still runs; what was done when it was stopped counts too. */
    boolean progress(TenantId tenant, long id, long done, long changed) {
        jdbc.sql("UPDATE bulk_job SET done = ?, changed = ?, beat_at = ? WHERE tenant_id = ? AND id = ?")
                .params(done, changed, now(), tenant.value(), id)
                .update();
        return find(tenant, id).filter(job -> job.state() == BulkState.RUNNING).isPresent();
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
        LocalDateTime ended = rs.getObject(12, LocalDateTime.class);
        return new BulkJob(
                rs.getLong(1),
                rs.getString(2),
                rs.getString(3),
                BulkState.valueOf(rs.getString(4)),
                rs.getLong(5),
                rs.getLong(6),
                rs.getLong(7),
                rs.getString(8),
                rs.getString(9),
                rs.getObject(10, Long.class),
                utc(rs.getObject(11, LocalDateTime.class)),
                ended == null ? null : utc(ended));
    }

    private static Instant utc(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(Clock.systemUTC());
    }
}
