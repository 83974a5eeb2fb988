package io.perennial.customers;

import io.perennial.accounts.AuditLog;
import io.perennial.customers.imports.UndoPlan;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How undoing imports goes, and what it came to. */
@Component
@TenantSql(
        "Writes in each undone chunk's transaction and beside it. The statement that spans tenants finds undoings whose"
                + " node has stopped.")
class UndoStore {

    /** What was kept is listed up to here. */
    private static final int LISTED = 10_000;

    private final JdbcClient jdbc;
    private final AuditLog audit;

    UndoStore(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * Begins, or goes on with one that was interrupted; false if it is under way or done.
     *
     * @param source what was imported, for the audit log
     */
    @Transactional
    boolean begin(TenantId tenant, long job, String source, String startedBy) {
        jdbc.sql("INSERT INTO import_undo (tenant_id, job_id, state, chunks, started_by, started_at, beat_at) "
                        + "SELECT c.tenant_id, c.job_id, 'QUEUED', COUNT(*), ?, ?, ? FROM import_chunk c "
                        + "WHERE c.tenant_id = ? AND c.job_id = ? GROUP BY c.tenant_id, c.job_id "
                        + "ON DUPLICATE KEY UPDATE job_id = VALUES(job_id)")
                .params(startedBy, now(), now(), tenant.value(), job)
                .update();
        jdbc.sql("UPDATE import_undo SET state = 'QUEUED', beat_at = ?, finished_at = NULL, message = NULL "
                        + "WHERE tenant_id = ? AND job_id = ? AND state IN ('INTERRUPTED', 'FAILED')")
                .params(now(), tenant.value(), job)
                .update();
        boolean begun = find(tenant, job)
                .filter(undo -> undo.state() == ImportState.QUEUED)
                .isPresent();
        if (begun) {
            audit.record(CustomerDeed.IMPORT_UNDONE, job, source);
        }
        return begun;
    }

    /** Makes a waiting one run; false if it does not wait. */
    boolean take(TenantId tenant, long job) {
        return jdbc.sql("UPDATE import_undo SET state = 'RUNNING', beat_at = ? "
                                + "WHERE tenant_id = ? AND job_id = ? AND state = 'QUEUED'")
                        .params(now(), tenant.value(), job)
                        .update()
                == 1;
    }

    Optional<UndoJob> find(TenantId tenant, long job) {
        return jdbc.sql("SELECT * FROM import_undo WHERE tenant_id = ? AND job_id = ?")
                .params(tenant.value(), job)
                .query(UndoStore::map)
                .optional();
    }

    /** In the chunk's transaction: it is undone. */
    void done(TenantId tenant, long job, int chunk, UndoCounts counts, List<UndoPlan.Kept> kept) {
        jdbc.sql("UPDATE import_chunk SET undone = TRUE, journal = NULL WHERE tenant_id = ? AND job_id = ? AND"
                        + " chunk_no = ?")
                .params(tenant.value(), job, chunk)
                .update();
        long before = jdbc.sql("SELECT COUNT(*) FROM import_kept WHERE tenant_id = ? AND job_id = ?")
                .params(tenant.value(), job)
                .query(Long.class)
                .single();
        for (UndoPlan.Kept one : kept.subList(0, (int) Math.min(kept.size(), LISTED - before))) {
            jdbc.sql("INSERT INTO import_kept (tenant_id, job_id, position, kind, record_id, reason) "
                            + "VALUES (?, ?, ?, ?, ?, ?)")
                    .params(
                            tenant.value(),
                            job,
                            before++,
                            one.kind().name(),
                            one.id(),
                            one.reason().name())
                    .update();
        }
        jdbc.sql("UPDATE import_undo SET chunks_done = chunks_done + 1, customers_removed = customers_removed +"
                        + " ?, customers_restored = customers_restored + ?, orders_removed = orders_removed + ?,"
                        + " orders_restored = orders_restored + ?, consents_removed = consents_removed + ?,"
                        + " tags_removed = tags_removed + ?, kept = kept + ?, beat_at = ? WHERE tenant_id = ? AND"
                        + " job_id = ?")
                .params(counts.customersRemoved(), counts.customersRestored(), counts.ordersRemoved())
                .params(counts.ordersRestored(), counts.consentsRemoved(), counts.tagsRemoved(), counts.kept())
                .params(now(), tenant.value(), job)
                .update();
    }

    List<UndoPlan.Kept> kept(TenantId tenant, long job, int offset, int limit) {
        return jdbc.sql("SELECT kind, record_id, reason FROM import_kept WHERE tenant_id = ? AND job_id = ? "
                        + "AND position >= ? ORDER BY position LIMIT ?")
                .params(tenant.value(), job, offset, limit)
                .query((rs, n) -> new UndoPlan.Kept(
                        UndoPlan.Kind.valueOf(rs.getString(1)),
                        rs.getLong(2),
                        UndoPlan.Reason.valueOf(rs.getString(3))))
                .list();
    }

    /** How many stayed for which reason, of those that are listed. */
    Map<UndoPlan.Reason, Long> keptBecause(TenantId tenant, long job) {
        Map<UndoPlan.Reason, Long> because = new EnumMap<>(UndoPlan.Reason.class);
        jdbc.sql("SELECT reason, COUNT(*) FROM import_kept WHERE tenant_id = ? AND job_id = ? GROUP BY reason")
                .params(tenant.value(), job)
                .query((ResultSet rs) -> {
                    because.put(UndoPlan.Reason.valueOf(rs.getString(1)), rs.getLong(2));
                });
        return because;
    }

    void finish(TenantId tenant, long job, ImportState state, @Nullable String message) {
        jdbc.sql("UPDATE import_undo SET state = ?, message = ?, finished_at = ? "
                        + "WHERE tenant_id = ? AND job_id = ? AND state IN ('QUEUED', 'RUNNING')")
                .param(state.name())
                .param(message)
                .params(now(), tenant.value(), job)
                .update();
    }

    void beat(TenantId tenant, long job) {
        jdbc.sql("UPDATE import_undo SET beat_at = ? WHERE tenant_id = ? AND job_id = ? AND state IN ('QUEUED',"
                        + " 'RUNNING')")
                .params(now(), tenant.value(), job)
                .update();
    }

    /** Marks those nobody has worked on for so long, of every business. */
    void interruptStale(Duration silence) {
        jdbc.sql("UPDATE /* all tenants */ import_undo SET state = 'INTERRUPTED', finished_at = ? "
                        + "WHERE state IN ('QUEUED', 'RUNNING') AND beat_at < ?")
                .params(now(), now().minus(silence))
                .update();
    }

    /** For how long after its end an import can be undone, where it is not the usual time. */
    Optional<Duration> days(TenantId tenant, long job) {
        return jdbc.sql("SELECT undo_days FROM import_job WHERE tenant_id = ? AND id = ? AND undo_days IS NOT NULL")
                .params(tenant.value(), job)
                .query(Integer.class)
                .optional()
                .map(Duration::ofDays);
    }

    void keep(TenantId tenant, long job, int days) {
        jdbc.sql("UPDATE import_job SET undo_days = ? WHERE tenant_id = ? AND id = ?")
                .params(days, tenant.value(), job)
                .update();
    }

    private static UndoJob map(ResultSet rs, int row) throws SQLException {
        LocalDateTime finished = rs.getObject("finished_at", LocalDateTime.class);
        return new UndoJob(
                rs.getLong("job_id"),
                ImportState.valueOf(rs.getString("state")),
                rs.getInt("chunks"),
                rs.getInt("chunks_done"),
                new UndoCounts(
                        rs.getLong("customers_removed"),
                        rs.getLong("customers_restored"),
                        rs.getLong("orders_removed"),
                        rs.getLong("orders_restored"),
                        rs.getLong("consents_removed"),
                        rs.getLong("tags_removed"),
                        rs.getLong("kept")),
                rs.getString("message"),
                rs.getString("started_by"),
                instant(rs.getObject("started_at", LocalDateTime.class)),
                finished == null ? null : instant(finished));
    }

    private static Instant instant(LocalDateTime utc) {
        return utc.toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(Clock.systemUTC());
    }
}
