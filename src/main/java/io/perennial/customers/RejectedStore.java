package io.perennial.customers;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows that imports and checks left out, as pieces of a file. */
@Component
@TenantSql("Writes in the import's own transactions. The statement that spans tenants deletes what checks left out.")
class RejectedStore {

    private final JdbcClient jdbc;

    RejectedStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(TenantId tenant, long job, int part, byte[] content) {
        jdbc.sql("INSERT INTO import_rejected (tenant_id, job_id, part, content) VALUES (?, ?, ?, ?)")
                .params(tenant.value(), job, part, content)
                .update();
    }

    /** Deletes what checks left out, of every business: whoever wanted to read it has done so, and it is people's data. */
    int dropOfChecks(Duration age) {
        return jdbc.sql("DELETE /* all tenants */ r FROM import_rejected r "
                        + "JOIN import_job j ON j.tenant_id = r.tenant_id AND j.id = r.job_id "
                        + "WHERE j.dry_run = TRUE AND j.finished_at < ?")
                .param(LocalDateTime.now(Clock.systemUTC()).minus(age))
                .update();
    }

    /** Gives the pieces of a job's file one after the other. */
    void read(TenantId tenant, long job, Consumer<byte[]> pieces) {
        for (int part = 0; ; part++) {
            Optional<byte[]> content = piece(tenant, job, part);
            if (content.isEmpty()) {
                return;
            }
            pieces.accept(content.get());
        }
    }

    Optional<byte[]> first(TenantId tenant, long job) {
        return piece(tenant, job, 0);
    }

    private Optional<byte[]> piece(TenantId tenant, long job, int part) {
        return jdbc.sql("SELECT content FROM import_rejected WHERE tenant_id = ? AND job_id = ? AND part = ?")
                .params(tenant.value(), job, part)
                .query((rs, n) -> rs.getBytes(1))
                .optional();
    }
}
