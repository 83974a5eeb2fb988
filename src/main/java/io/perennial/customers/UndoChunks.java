package io.perennial.customers;

import io.perennial.customers.imports.Journal;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The chunks of imports, and the journals they are undone by. */
@Component
@TenantSql("Reads journals and ranges of ids; each statement names its tenant, but the one that deletes what is old.")
class UndoChunks {

    private final JdbcClient jdbc;

    UndoChunks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A chunk as its import left it. */
    record ChunkRow(int number, Journal.Ids customers, Journal.Ids orders, byte @Nullable [] journal) {}

    /** The numbers of the chunks that are not undone, the last first. */
    List<Integer> toDo(TenantId tenant, long job) {
        return jdbc.sql("SELECT chunk_no FROM import_chunk WHERE tenant_id = ? AND job_id = ? AND undone = FALSE "
                        + "ORDER BY chunk_no DESC")
                .params(tenant.value(), job)
                .query((rs, n) -> rs.getInt(1))
                .list();
    }

    Optional<ChunkRow> chunk(TenantId tenant, long job, int number) {
        return jdbc.sql("SELECT * FROM import_chunk WHERE tenant_id = ? AND job_id = ? AND chunk_no = ? AND undone ="
                        + " FALSE")
                .params(tenant.value(), job, number)
                .query((rs, n) -> new ChunkRow(
                        number,
                        new Journal.Ids(rs.getLong("customers_from"), rs.getLong("customers_to")),
                        new Journal.Ids(rs.getLong("orders_from"), rs.getLong("orders_to")),
                        rs.getBytes("journal")))
                .optional();
    }

    List<Journal.Ids> orders(TenantId tenant, long job) {
        return jdbc.sql("SELECT orders_from, orders_to FROM import_chunk WHERE tenant_id = ? AND job_id = ? "
                        + "AND orders_from <= orders_to")
                .params(tenant.value(), job)
                .query((rs, n) -> new Journal.Ids(rs.getLong(1), rs.getLong(2)))
                .list();
    }

    /** When the import began, as its rows say it. */
    Optional<LocalDateTime> begun(TenantId tenant, long job) {
        return jdbc.sql("SELECT begun_at FROM import_job WHERE tenant_id = ? AND id = ? AND begun_at IS NOT NULL")
                .params(tenant.value(), job)
                .query(LocalDateTime.class)
                .optional();
    }

    /** The journals of later imports that were not undone. */
    void laterJournals(TenantId tenant, long job, Consumer<byte[]> journals) {
        jdbc.sql("SELECT journal FROM import_chunk WHERE tenant_id = ? AND job_id > ? AND undone = FALSE "
                        + "AND journal IS NOT NULL")
                .params(tenant.value(), job)
                .query((ResultSet rs) -> journals.accept(rs.getBytes(1)));
    }

    /** Deletes what imports that ended so long ago could be undone by, of every business. */
    int forget(Duration age) {
        return jdbc.sql("DELETE /* all tenants */ c FROM import_chunk c JOIN import_job j ON j.tenant_id = c.tenant_id"
                        + " AND j.id = c.job_id WHERE j.state IN ('DONE', 'FAILED', 'CANCELLED')"
                        + " AND j.finished_at < UTC_TIMESTAMP(6) - INTERVAL COALESCE(j.undo_days, ?) DAY AND NOT"
                        + " EXISTS (SELECT 1 FROM import_undo u WHERE u.tenant_id = j.tenant_id AND u.job_id = j.id AND u.state IN"
                        + " ('QUEUED', 'RUNNING'))")
                .param(age.toDays())
                .update();
    }
}
