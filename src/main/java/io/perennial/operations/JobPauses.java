package io.perennial.operations;

import io.perennial.tenancy.TenantSql;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which jobs an operator has paused, for all nodes and beyond their starts. */
@Component
@TenantSql("Jobs serve all tenants; their state belongs to none.")
class JobPauses {

    private final JdbcClient jdbc;

    JobPauses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<String> all() {
        return jdbc.sql("SELECT job FROM job_state WHERE paused_at IS NOT NULL")
                .query((rs, n) -> rs.getString(1))
                .list();
    }

    void pause(String job, String by) {
        jdbc.sql("INSERT INTO job_state (job, paused_at, paused_by) VALUES (?, UTC_TIMESTAMP(6), ?) "
                        + "ON DUPLICATE KEY UPDATE paused_at = VALUES(paused_at), paused_by = VALUES(paused_by)")
                .params(job, by)
                .update();
    }

    void resume(String job) {
        jdbc.sql("UPDATE job_state SET paused_at = NULL, paused_by = NULL WHERE job = ?")
                .param(job)
                .update();
    }
}
