package io.perennial.customers;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.customers.imports.ImportLedger;
import io.perennial.customers.imports.Journal;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The rows of import jobs, of their chunks and of what they rejected. A chunk's are written in its transaction, all others
 * at once.
 */
@Component
@TenantSql(
        "Writes in the import's own transactions and beside them. Statements that span tenants find jobs whose node has "
                + "stopped, and what is old.")
class ImportJobStore {

    private final JdbcClient jdbc;

    private final AuditLog audit;
    private final Happenings happenings;

    ImportJobStore(JdbcClient jdbc, AuditLog audit, Happenings happenings) {
        this.happenings = happenings;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** Adds a job that waits; one that is more than a check is written into the audit log. */
    @Transactional
    void add(TenantId tenant, long id, ImportKind kind, ImportSettings settings, long bytes, String startedBy) {
        String source = settings.options().source();
        LocalDateTime now = now();
        jdbc.sql(
                        "INSERT INTO import_job (tenant_id, id, kind, state, source, dry_run, bytes_total, started_by, queued_at, "
                                + "beat_at, settings) VALUES (?, ?, ?, 'QUEUED', ?, ?, ?, ?, ?, ?, ?)")
                .params(tenant.value(), id, kind.name(), source.substring(0, Math.min(source.length(), 255)))
                .params(settings.options().dryRun(), bytes, startedBy, now, now, settings.toJson())
                .update();
        if (!settings.options().dryRun()) {
            audit.record(
                    CustomerDeed.IMPORT_STARTED,
                    id,
                    source,
                    AuditChanges.none()
                            .and("customers.change.kind", null, kind.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** How the job was to be done; nothing for jobs of earlier versions. */
    Optional<ImportSettings> settings(TenantId tenant, long id) {
        return jdbc.sql("SELECT settings FROM import_job WHERE tenant_id = ? AND id = ? AND settings IS NOT NULL")
                .params(tenant.value(), id)
                .query((rs, n) -> ImportSettings.of(rs.getString(1)))
                .optional();
    }

    /** Takes the file's hash down, by which it is known again. */
    void saveHash(TenantId tenant, long id, byte[] hash) {
        jdbc.sql("UPDATE import_job SET file_hash = ? WHERE tenant_id = ? AND id = ?")
                .params(hash, tenant.value(), id)
                .update();
    }

    Optional<byte[]> hash(TenantId tenant, long id) {
        return jdbc.sql("SELECT file_hash FROM import_job WHERE tenant_id = ? AND id = ? AND file_hash IS NOT NULL")
                .params(tenant.value(), id)
                .query((rs, n) -> rs.getBytes(1))
                .optional();
    }

    /**
     * An attempt at a job.
     *
     * @param begun when the first one began
     * @param counts what the ones before came to
     * @param rejectedParts pieces of rejected rows they left
     */
    record Taken(int attempt, LocalDateTime begun, ImportCounts counts, int rejectedParts, long rejectedBytes) {}

    /** Takes a job that waits; nothing if it was paused or cancelled meanwhile. */
    Optional<Taken> take(TenantId tenant, long id) {
        int taken = jdbc.sql("UPDATE import_job SET state = 'RUNNING', attempt = attempt + 1, beat_at = ?, "
                        + "begun_at = COALESCE(begun_at, ?) WHERE tenant_id = ? AND id = ? AND state = 'QUEUED'")
                .params(now(), now().truncatedTo(ChronoUnit.MICROS), tenant.value(), id)
                .update();
        if (taken == 0) {
            return Optional.empty();
        }
        return jdbc.sql("SELECT j.*, (SELECT COUNT(*) FROM import_rejected r WHERE r.tenant_id = j.tenant_id "
                        + "AND r.job_id = j.id) AS parts, (SELECT COALESCE(SUM(LENGTH(r.content)), 0) FROM import_rejected r "
                        + "WHERE r.tenant_id = j.tenant_id AND r.job_id = j.id) AS bytes FROM import_job j "
                        + "WHERE j.tenant_id = ? AND j.id = ?")
                .params(tenant.value(), id)
                .query((rs, n) -> new Taken(
                        rs.getInt("attempt"),
                        rs.getObject("begun_at", LocalDateTime.class),
                        counts(rs),
                        rs.getInt("parts"),
                        rs.getLong("bytes")))
                .optional();
    }

    /** Lets a job wait for its turn again; false if it does not stand where it can go on. */
    boolean queueAgain(TenantId tenant, long id) {
        return jdbc.sql("UPDATE import_job SET state = 'QUEUED', attempt = attempt + 1, message = NULL, "
                                + "finished_at = NULL, beat_at = ? WHERE tenant_id = ? AND id = ? AND state IN ('PAUSED', 'INTERRUPTED') "
                                + "AND dry_run = FALSE AND settings IS NOT NULL")
                        .params(now(), tenant.value(), id)
                        .update()
                == 1;
    }

    /** A person stops a job; false if it is over already. */
    @Transactional
    boolean stop(TenantId tenant, long id, ImportState state) {
        String from =
                state == ImportState.PAUSED ? "'QUEUED', 'RUNNING'" : "'QUEUED', 'RUNNING', 'PAUSED', 'INTERRUPTED'";
        boolean stopped = jdbc.sql("UPDATE import_job SET state = ?, message = NULL, finished_at = ? "
                                + "WHERE tenant_id = ? AND id = ? AND state IN (" + from + ")")
                        .params(state.name(), now(), tenant.value(), id)
                        .update()
                == 1;
        if (stopped) {
            tell(tenant, id, state);
        }
        return stopped;
    }

    /** Whether this attempt is still the one that works on the job. */
    boolean isHeld(TenantId tenant, long id, int attempt) {
        return jdbc.sql("SELECT 1 FROM import_job WHERE tenant_id = ? AND id = ? AND attempt = ? AND state = 'RUNNING'")
                .params(tenant.value(), id, attempt)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Records progress; false where the job is no longer this attempt's to work on. */
    boolean progress(TenantId tenant, long id, int attempt, long bytes, ImportCounts counts) {
        return jdbc.sql("UPDATE import_job SET bytes_done = ?, rows_read = ?, created = ?, updated = ?, "
                                + "unchanged = ?, rejected = ?, customers_created = ?, skipped = ?, cleared = ?, beat_at = ? "
                                + "WHERE tenant_id = ? AND id = ? AND attempt = ? AND state = 'RUNNING'")
                        .params(bytes, counts.rows(), counts.created(), counts.updated(), counts.unchanged())
                        .params(counts.rejected(), counts.customersCreated(), counts.skipped(), counts.cleared())
                        .params(now(), tenant.value(), id, attempt)
                        .update()
                == 1;
    }

    void addChunk(TenantId tenant, long id, ImportLedger.Entry entry) {
        Journal.Ids customers = entry.journal().customers();
        Journal.Ids orders = entry.journal().orders();
        jdbc.sql(
                        "INSERT INTO import_chunk (tenant_id, job_id, chunk_no, rows_to, customers_from, customers_to, orders_from, "
                                + "orders_to, state, journal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(tenant.value(), id, entry.number(), entry.rowsTo())
                .params(customers.from(), customers.to(), orders.from(), orders.to())
                .param(entry.state())
                .param(entry.journal().packedChanges())
                .update();
    }

    List<ImportLedger.Mark> marks(TenantId tenant, long id) {
        return jdbc.sql("SELECT rows_to, state FROM import_chunk WHERE tenant_id = ? AND job_id = ? ORDER BY chunk_no")
                .params(tenant.value(), id)
                .query((rs, n) -> new ImportLedger.Mark(rs.getLong(1), rs.getBytes(2)))
                .list();
    }

    /** Ends an attempt; nothing happens if another has taken the job over, or a person has stopped it. */
    @Transactional
    void finish(TenantId tenant, long id, int attempt, ImportState state, @Nullable String message) {
        int finished = jdbc.sql("UPDATE import_job SET state = ?, message = ?, finished_at = ? "
                        + "WHERE tenant_id = ? AND id = ? AND attempt = ? AND state IN ('QUEUED', 'RUNNING')")
                .param(state.name())
                .param(message != null && message.length() > 500 ? message.substring(0, 500) : message)
                .param(now())
                .param(tenant.value())
                .param(id)
                .param(attempt)
                .update();
        if (finished == 1) {
            tell(tenant, id, state);
        }
    }

    /** Of imports that are over for good; what may go on is no news yet. */
    private void tell(TenantId tenant, long id, ImportState state) {
        if (state.canGoOn() || !happenings.isHeard(tenant, EventType.IMPORT_FINISHED)) {
            return;
        }
        find(tenant, id)
                .filter(job -> !job.dryRun())
                .ifPresent(job -> happenings.tell(
                        tenant,
                        EventType.IMPORT_FINISHED,
                        () -> new EventData.Import(
                                Long.toString(id),
                                job.kind().name(),
                                state.name(),
                                job.counts().rows(),
                                job.counts().created(),
                                job.counts().updated(),
                                job.counts().rejected())));
    }

    /** The node stops before these had their turn or came to their end. */
    void interrupt(TenantId tenant, long id, String message) {
        jdbc.sql("UPDATE import_job SET state = 'INTERRUPTED', message = ?, finished_at = ? "
                        + "WHERE tenant_id = ? AND id = ? AND state IN ('QUEUED', 'RUNNING')")
                .params(message, now(), tenant.value(), id)
                .update();
    }

    /** Whether a job will not go on, or is not there at all. */
    boolean isOverForGood(TenantId tenant, long id) {
        return jdbc.sql("SELECT 1 FROM import_job WHERE tenant_id = ? AND id = ? "
                        + "AND state IN ('QUEUED', 'RUNNING', 'PAUSED', 'INTERRUPTED')")
                .params(tenant.value(), id)
                .query(Integer.class)
                .optional()
                .isEmpty();
    }

    /** Cancels what nobody has gone on with for so long, of every business. */
    int cancelForgotten(Duration age) {
        return jdbc.sql("UPDATE /* all tenants */ import_job SET state = 'CANCELLED', finished_at = ? "
                        + "WHERE state IN ('PAUSED', 'INTERRUPTED') AND finished_at < ?")
                .params(now(), now().minus(age))
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

    /**
     * Imports without checks of files, the newest first.
     *
     * @param before only those with a smaller id; 0 for all
     */
    List<ImportJob> imports(TenantId tenant, long before, int limit) {
        return jdbc.sql("SELECT * FROM import_job WHERE tenant_id = ? AND dry_run = FALSE AND id < ? "
                        + "ORDER BY id DESC LIMIT ?")
                .params(tenant.value(), before == 0 ? Long.MAX_VALUE : before, limit)
                .query(ImportJobStore::map)
                .list();
    }

    /** Imports that stand where they can go on, without checks of files, the newest first. */
    List<ImportJob> stopped(TenantId tenant, int limit) {
        return jdbc.sql("SELECT * FROM import_job WHERE tenant_id = ? AND dry_run = FALSE "
                        + "AND state IN ('PAUSED', 'INTERRUPTED') ORDER BY id DESC LIMIT ?")
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
                counts(rs),
                rs.getString("message"),
                rs.getString("started_by"),
                instant(rs.getObject("queued_at", LocalDateTime.class)),
                finished == null ? null : instant(finished));
    }

    private static ImportCounts counts(ResultSet rs) throws SQLException {
        return new ImportCounts(
                rs.getLong("rows_read"),
                rs.getLong("created"),
                rs.getLong("updated"),
                rs.getLong("unchanged"),
                rs.getLong("rejected"),
                rs.getLong("customers_created"),
                rs.getLong("skipped"),
                rs.getLong("cleared"));
    }

    private static Instant instant(LocalDateTime utc) {
        return utc.toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(Clock.systemUTC());
    }
}
