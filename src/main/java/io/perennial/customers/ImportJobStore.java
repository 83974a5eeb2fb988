package io.perennial.customers;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes the rows of import jobs: what people and nodes say of them. What an attempt writes is in {@link ImportAttempts}.
 */
@Component
@TenantSql(
        "Writes beside the import's own transactions. Statements that span tenants find jobs whose node has stopped, and "
                + "what is old.")
class ImportJobStore {

    private final JdbcClient jdbc;
    private final ImportJobRows rows;
    private final AuditLog audit;
    private final Happenings happenings;

    ImportJobStore(JdbcClient jdbc, ImportJobRows rows, AuditLog audit, Happenings happenings) {
        this.rows = rows;
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
        rows.find(tenant, id)
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

    private static LocalDateTime now() {
        return LocalDateTime.now(Clock.systemUTC());
    }
}
