package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets go of exports that hold what must be no more: a customer who was erased is in every file made before. */
@Component
@TenantSql("The statements name the tenant; they belong to the erasure's transaction.")
public class ArchiveDisposal {

    private final JdbcClient jdbc;

    ArchiveDisposal(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Deletes the files that a business has, in the caller's transaction; what is being made is made anew.
     *
     * @return how many rows
     */
    @Transactional
    public long dropAll(TenantId tenant) {
        List<Long> ids = jdbc.sql("SELECT id FROM data_archive WHERE tenant_id = ? AND state <> 'WAITING' FOR UPDATE")
                .param(tenant.value())
                .query((rs, n) -> rs.getLong(1))
                .list();
        return ids.stream().mapToLong(id -> drop(tenant, id)).sum();
    }

    /** Begins a broken one anew. */
    @Transactional
    void renew(TenantId tenant, long id) {
        jdbc.sql("SELECT id FROM data_archive WHERE tenant_id = ? AND id = ? AND state = 'RUNNING' FOR UPDATE")
                .params(tenant.value(), id)
                .query(Long.class)
                .optional()
                .ifPresent(locked -> drop(tenant, locked));
    }

    /** Under a new id: whoever still writes the old one fails at its next piece, which points nowhere. */
    private long drop(TenantId tenant, long id) {
        jdbc.sql("INSERT INTO data_archive (tenant_id, id, state, asked_by, asked_at) SELECT tenant_id, ?, 'WAITING', "
                        + "asked_by, asked_at FROM data_archive WHERE tenant_id = ? AND id = ? AND state = 'RUNNING'")
                .params(TimeOrderedIds.next(), tenant.value(), id)
                .update();
        long rows = jdbc.sql("DELETE FROM data_archive_part WHERE tenant_id = ? AND archive_id = ?")
                .params(tenant.value(), id)
                .update();
        return rows
                + jdbc.sql("DELETE FROM data_archive WHERE tenant_id = ? AND id = ?")
                        .params(tenant.value(), id)
                        .update();
    }
}
