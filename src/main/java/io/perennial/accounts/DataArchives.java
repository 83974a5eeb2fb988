package io.perennial.accounts;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Exports of everything that the business being worked in owns: ordered by an owner, made in the background, kept for a
 * week. Also while the business is suspended or about to be removed.
 */
@Service
@PreAuthorize("hasAuthority('business:own')")
@TenantSql("Files of exports in pieces; each statement names the tenant.")
public class DataArchives {

    private final JdbcClient jdbc;
    private final ArchiveParts parts;
    private final ArchiveWorker worker;
    private final AuditLog audit;

    DataArchives(JdbcClient jdbc, ArchiveParts parts, ArchiveWorker worker, AuditLog audit) {
        this.jdbc = jdbc;
        this.parts = parts;
        this.worker = worker;
        this.audit = audit;
    }

    /** Those there are, the latest first. */
    @Transactional(readOnly = true)
    public List<DataArchive> list() {
        return jdbc.sql("SELECT * FROM data_archive WHERE tenant_id = ? "
                        + "AND (expires_at IS NULL OR expires_at > UTC_TIMESTAMP(6)) ORDER BY id DESC LIMIT 20")
                .param(CurrentTenant.require().value())
                .query(DataArchives::read)
                .list();
    }

    /**
     * Orders one.
     *
     * @throws StaffRuleException if one is being made already, or three are kept
     */
    @Transactional
    public void order() {
        TenantId tenant = CurrentTenant.require();
        jdbc.sql("SELECT id FROM business WHERE id = ? FOR UPDATE")
                .param(tenant.value())
                .query(Long.class)
                .single();
        List<DataArchive> present = list();
        if (present.stream().anyMatch(each -> each.state() != DataArchive.State.READY) || present.size() >= 3) {
            throw new StaffRuleException(Rule.ENOUGH_EXPORTS);
        }
        long id = TimeOrderedIds.next();
        jdbc.sql("INSERT INTO data_archive (tenant_id, id, state, asked_by, asked_at) "
                        + "VALUES (?, ?, 'WAITING', ?, UTC_TIMESTAMP(6))")
                .params(
                        tenant.value(),
                        id,
                        CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial"))
                .update();
        audit.record(StaffDeed.EXPORT_ORDERED, id, null);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                worker.wake();
            }
        });
    }

    /**
     * Notes that a file is taken, before its first byte.
     *
     * @throws FreshProof.Needed without a fresh proof of who is at work, as each export
     * @throws StaffRuleException if there is no such file here (any more)
     */
    @Transactional
    public void take(long id) {
        FreshProof.require();
        requireReady(id);
        audit.record(StaffDeed.EXPORT_TAKEN, id, null);
    }

    /**
     * Writes a file, a megabyte in memory.
     *
     * @param out stays open
     * @throws StaffRuleException if there is no such file here (any more)
     */
    public void download(long id, OutputStream out) {
        FreshProof.require();
        requireReady(id);
        try {
            parts.read(CurrentTenant.require(), id, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireReady(long id) {
        if (list().stream().noneMatch(each -> each.id() == id && each.state() == DataArchive.State.READY)) {
            throw new StaffRuleException(Rule.EXPORT_GONE);
        }
    }

    /** Deletes a file before its time. */
    public void discard(long id) {
        requireReady(id);
        worker.drop(CurrentTenant.require(), id);
    }

    private static DataArchive read(ResultSet rs, int row) throws SQLException {
        LocalDateTime expires = rs.getObject("expires_at", LocalDateTime.class);
        return new DataArchive(
                rs.getLong("id"),
                DataArchive.State.valueOf(rs.getString("state")),
                rs.getString("asked_by"),
                rs.getObject("asked_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                expires == null ? null : expires.toInstant(ZoneOffset.UTC),
                rs.getLong("byte_count"),
                rs.getLong("row_count"));
    }
}
