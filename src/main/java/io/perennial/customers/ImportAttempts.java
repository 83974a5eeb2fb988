package io.perennial.customers;

import io.perennial.customers.imports.ImportLedger;
import io.perennial.customers.imports.Journal;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an attempt at an import job writes: each attempt has a number, and only the latest one's chunks count. */
@Component
@TenantSql("Writes a chunk's rows in its own transaction; every statement names the tenant.")
class ImportAttempts {

    private final JdbcClient jdbc;

    ImportAttempts(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
                        ImportJobRows.counts(rs),
                        rs.getInt("parts"),
                        rs.getLong("bytes")))
                .optional();
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

    private static LocalDateTime now() {
        return LocalDateTime.now(Clock.systemUTC());
    }
}
