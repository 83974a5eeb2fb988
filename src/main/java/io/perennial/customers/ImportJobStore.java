package io.perennial.customers;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of import jobs and of what they rejected. Each statement is a transaction of its own: progress is a fact. */
@Component
@TenantSql("Progress is written beside the import's own transactions. One statement spans tenants: it finds the jobs "
        + "whose node has stopped.")
class ImportJobStore {

    private final JdbcClient jdbc;

    ImportJobStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(TenantId tenant, long id, ImportKind kind, String source, boolean dryRun, long bytes, String startedBy) {
        LocalDateTime now = now();
        jdbc.sql(
                        "INSERT INTO import_job (tenant_id, id, kind, state, source, dry_run, bytes_total, started_by, queued_at, "
                                + "beat_at) VALUES (?, ?, ?, 'QUEUED', ?, ?, ?, ?, ?, ?)")
                .params(tenant.value(), id, kind.name(), source, dryRun, bytes, startedBy, now, now)
                .update();
    }

    /** Records progress; false where the job is no longer ours to work on. */
    boolean progress(TenantId tenant, long id, long bytes, ImportCounts counts) {
        return jdbc.sql(
                                "UPDATE import_job SET state = 'RUNNING', bytes_done = ?, rows_read = ?, created = ?, updated = ?, "
                                        + "unchanged = ?, rejected = ?, customers_created = ?, skipped = ?, cleared = ?, beat_at = ? "
                                        + "WHERE tenant_id = ? AND id = ? AND state IN ('QUEUED', 'RUNNING')")
                        .params(bytes, counts.rows(), counts.created(), counts.updated(), counts.unchanged())
                        .params(counts.rejected(), counts.customersCreated(), counts.skipped(), counts.cleared())
                        .params(now(), tenant.value(), id)
                        .update()
                == 1;
    }

    void finish(TenantId tenant, long id, ImportState state, @Nullable String message) {
        jdbc.sql("UPDATE import_job SET state = ?, message = ?, finished_at = ? "
                        + "WHERE tenant_id = ? AND id = ? AND state IN ('QUEUED', 'RUNNING')")
                .param(state.name())
                .param(message != null && message.length() > 500 ? message.substring(0, 500) : message)
                .param(now())
                .param(tenant.value())
                .param(id)
                .update();
    }

    void beat(TenantId tenant, long id) {
        jdbc.sql("UPDATE import_job SET beat_at = ? WHERE tenant_id = ? AND id = ? AND state IN ('QUEUED', 'RUNNING')")
                .params(now(), tenant.value(), id)
                .update();
    }

    /** Marks the jobs nobody has worked on for so long, of every business. */
    int interruptStale(Duration silence, String message) {
        return jdbc.sql("UPDATE /* all tenants */ import_job SET state = 'INTERRUPTED', message = ?, finished_at = ? "
                        + "WHERE state IN ('QUEUED', 'RUNNING') AND beat_at < ?")
                .params(message, now(), now().minus(silence))
                .update();
    }

    Optional<ImportJob> find(TenantId tenant, long id) {
        return jdbc.sql("SELECT * FROM import_job WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .query(ImportJobStore::map)
                .optional();
    }

    List<ImportJob> latest(TenantId tenant, int limit) {
        return jdbc.sql("SELECT * FROM import_job WHERE tenant_id = ? ORDER BY id DESC LIMIT ?")
                .params(tenant.value(), limit)
                .query(ImportJobStore::map)
                .list();
    }

    void addRejected(TenantId tenant, long job, int part, byte[] content) {
        jdbc.sql("INSERT INTO import_rejected (tenant_id, job_id, part, content) VALUES (?, ?, ?, ?)")
                .params(tenant.value(), job, part, content)
                .update();
    }

    /** Deletes what checks left out, of every business: whoever wanted to read it has done so, and it is people's data. */
    int dropRejectedOfChecks(Duration age) {
        return jdbc.sql("DELETE /* all tenants */ r FROM import_rejected r "
                        + "JOIN import_job j ON j.tenant_id = r.tenant_id AND j.id = r.job_id "
                        + "WHERE j.dry_run = TRUE AND j.finished_at < ?")
                .param(now().minus(age))
                .update();
    }

    /** Gives the pieces of the rejected rows' file one after the other. */
    void rejected(TenantId tenant, long job, Consumer<byte[]> pieces) {
        for (int part = 0; ; part++) {
            Optional<byte[]> content = piece(tenant, job, part);
            if (content.isEmpty()) {
                return;
            }
            pieces.accept(content.get());
        }
    }

    Optional<byte[]> firstRejected(TenantId tenant, long job) {
        return piece(tenant, job, 0);
    }

    private Optional<byte[]> piece(TenantId tenant, long job, int part) {
        return jdbc.sql("SELECT content FROM import_rejected WHERE tenant_id = ? AND job_id = ? AND part = ?")
                .params(tenant.value(), job, part)
                .query((rs, n) -> rs.getBytes(1))
                .optional();
    }

    private static ImportJob map(ResultSet rs, int row) throws SQLException {
        LocalDateTime finished = rs.getObject("finished_at", LocalDateTime.class);
        return new ImportJob(
                rs.getLong("id"),
                ImportKind.valueOf(rs.getString("kind")),
                ImportState.valueOf(rs.getString("state")),
                rs.getString("source"),
                rs.getBoolean("dry_run"),
                rs.getLong("bytes_total"),
                rs.getLong("bytes_done"),
                new ImportCounts(
                        rs.getLong("rows_read"),
                        rs.getLong("created"),
                        rs.getLong("updated"),
                        rs.getLong("unchanged"),
                        rs.getLong("rejected"),
                        rs.getLong("customers_created"),
                        rs.getLong("skipped"),
                        rs.getLong("cleared")),
                rs.getString("message"),
                rs.getString("started_by"),
                instant(rs.getObject("queued_at", LocalDateTime.class)),
                finished == null ? null : instant(finished));
    }

    private static Instant instant(LocalDateTime utc) {
        return utc.toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(Clock.systemUTC());
    }
}
