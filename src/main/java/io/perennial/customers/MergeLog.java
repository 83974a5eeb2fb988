package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Which customers were merged, and what taking it back needs. Joins the caller's transaction. */
@Component
@TenantSql("Rows of one business's merges by their keys; every statement names the current tenant.")
class MergeLog {

    private static final JsonMapper JSON = new JsonMapper();

    /** The row of who was merged away stays, with what files still name it by. */
    private static final String READ = "SELECT m.*, (SELECT COALESCE(c.email, c.external_id) FROM customer c "
            + "WHERE c.tenant_id = m.tenant_id AND c.id = m.merged_id) merged_name "
            + "FROM customer_merge m WHERE m.tenant_id = ? AND ";

    private final JdbcClient jdbc;

    MergeLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(long id, CustomerId survivor, CustomerId merged, LocalDateTime now, String by, MergeUndo undo) {
        jdbc.sql("INSERT INTO customer_merge (tenant_id, id, survivor_id, merged_id, at, by_name, undo_data) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(tenant(), id, survivor.value(), merged.value(), now, by, JSON.writeValueAsString(undo))
                .update();
    }

    /** Keeps anybody else from taking it back at the same time. */
    Optional<CustomerMerge> lock(long merge) {
        return jdbc.sql(READ + "m.id = ? FOR UPDATE")
                .params(tenant(), merge)
                .query(MergeLog::map)
                .optional();
    }

    /** The merges into a customer, the latest first. */
    List<CustomerMerge> of(CustomerId survivor) {
        return jdbc.sql(READ + "m.survivor_id = ? ORDER BY m.at DESC LIMIT 50")
                .params(tenant(), survivor.value())
                .query(MergeLog::map)
                .list();
    }

    MergeUndo undoOf(long merge) {
        return jdbc.sql(
                        "SELECT undo_data FROM customer_merge WHERE tenant_id = ? AND id = ? AND undo_data IS NOT NULL FOR UPDATE")
                .params(tenant(), merge)
                .query(String.class)
                .optional()
                .map(json -> JSON.readValue(json, MergeUndo.class))
                .orElseGet(MergeUndo::nothing);
    }

    void changeUndo(long merge, MergeUndo undo) {
        jdbc.sql("UPDATE customer_merge SET undo_data = ? WHERE tenant_id = ? AND id = ? AND undo_data IS NOT NULL")
                .params(JSON.writeValueAsString(undo), tenant(), merge)
                .update();
    }

    void undone(long merge, String by) {
        jdbc.sql(
                        "UPDATE customer_merge SET undone_at = ?, undone_by = ?, undo_data = NULL WHERE tenant_id = ? AND id = ?")
                .params(LocalDateTime.now(Clock.systemUTC()), by, tenant(), merge)
                .update();
    }

    private static CustomerMerge map(ResultSet rs, int n) throws SQLException {
        LocalDateTime at = rs.getObject("at", LocalDateTime.class);
        LocalDateTime undone = rs.getObject("undone_at", LocalDateTime.class);
        LocalDateTime oldest = LocalDateTime.now(Clock.systemUTC()).minusDays(CustomerMerges.UNDO_DAYS);
        return new CustomerMerge(
                rs.getLong("id"),
                new CustomerId(rs.getLong("survivor_id")),
                new CustomerId(rs.getLong("merged_id")),
                rs.getString("merged_name"),
                at.toInstant(ZoneOffset.UTC),
                rs.getString("by_name"),
                undone == null ? null : undone.toInstant(ZoneOffset.UTC),
                undone == null && rs.getString("undo_data") != null && at.isAfter(oldest));
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
