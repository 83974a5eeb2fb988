package io.perennial.customers;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the rows of import jobs. */
@Component
@TenantSql("Reads the jobs of one business, by their ids.")
class ImportJobRows {

    private final JdbcClient jdbc;

    ImportJobRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<ImportJob> find(TenantId tenant, long id) {
        return jdbc.sql("SELECT * FROM import_job WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .query(ImportJobRows::map)
                .optional();
    }

    List<ImportJob> latest(TenantId tenant, int limit) {
        return jdbc.sql("SELECT * FROM import_job WHERE tenant_id = ? ORDER BY id DESC LIMIT ?")
                .params(tenant.value(), limit)
                .query(ImportJobRows::map)
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
                .query(ImportJobRows::map)
                .list();
    }

    /** Imports that stand where they can go on, without checks of files, the newest first. */
    List<ImportJob> stopped(TenantId tenant, int limit) {
        return jdbc.sql("SELECT * FROM import_job WHERE tenant_id = ? AND dry_run = FALSE "
                        + "AND state IN ('PAUSED', 'INTERRUPTED') ORDER BY id DESC LIMIT ?")
                .params(tenant.value(), limit)
                .query(ImportJobRows::map)
                .list();
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

    /** From the columns of that name. */
    static ImportCounts counts(ResultSet rs) throws SQLException {
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
}
