package io.perennial.customers.exports;

import io.perennial.accounts.AuditLog;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Remembers who took which list out, from before its first row. */
@Component
@TenantSql("One row for each export; every statement names its tenant.")
class ExportLog {

    private final JdbcClient jdbc;
    private final AuditLog audit;

    ExportLog(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    @Transactional
    long begun(TenantId tenant, ExportKind kind, ExportFormat format) {
        long id = TimeOrderedIds.next();
        String by = CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial");
        jdbc.sql("INSERT INTO data_export (tenant_id, id, kind, format, by_name, started_at) "
                        + "VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))")
                .params(tenant.value(), id, kind.name(), format.extension().equals("xlsx") ? "XLSX" : "CSV", by)
                .update();
        audit.record(
                ExportDeed.EXPORTED, id, kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        return id;
    }

    void finished(TenantId tenant, long id, long rows) {
        jdbc.sql("UPDATE data_export SET rows_out = ?, finished_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ?")
                .params(rows, tenant.value(), id)
                .update();
    }

    List<DataExport> latest(TenantId tenant, int most) {
        return jdbc.sql("SELECT kind, format, rows_out, by_name, started_at, finished_at FROM data_export "
                        + "WHERE tenant_id = ? ORDER BY id DESC LIMIT ?")
                .params(tenant.value(), most)
                .query((rs, n) -> new DataExport(
                        ExportKind.valueOf(rs.getString(1)),
                        ExportFormat.valueOf(rs.getString(2)),
                        rs.getLong(3),
                        rs.getString(4),
                        rs.getObject(5, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        instant(rs.getObject(6, LocalDateTime.class))))
                .list();
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime utc) {
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
}
