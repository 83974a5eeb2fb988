package io.perennial.webhooks;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.WebhookEndpoint.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads endpoints. */
@Component
@TenantSql("A handful of rows; every statement names the tenant.")
class EndpointRows {

    private static final String COLUMNS =
            "SELECT id, url, description, types, state, state_at, created_at, created_by, "
                    + "failing_since, old_secret_until FROM webhook_endpoint WHERE tenant_id = ? ";

    private final JdbcClient jdbc;

    EndpointRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What an endpoint's secret is sealed for. */
    static String field(long id) {
        return "webhook:" + id;
    }

    List<WebhookEndpoint> all(TenantId tenant) {
        return jdbc.sql(COLUMNS + "ORDER BY id")
                .param(tenant.value())
                .query(EndpointRows::map)
                .list();
    }

    Optional<WebhookEndpoint> find(TenantId tenant, long id) {
        return jdbc.sql(COLUMNS + "AND id = ?")
                .params(tenant.value(), id)
                .query(EndpointRows::map)
                .optional();
    }

    void turn(TenantId tenant, long id, State state) {
        jdbc.sql("UPDATE webhook_endpoint SET state = ?, state_at = UTC_TIMESTAMP(6), failing_since = NULL, "
                        + "failures = 0, paused_until = NULL WHERE tenant_id = ? AND id = ?")
                .params(state.name(), tenant.value(), id)
                .update();
    }

    private static WebhookEndpoint map(ResultSet rs, int row) throws SQLException {
        return new WebhookEndpoint(
                rs.getLong(1),
                rs.getString(2),
                rs.getString(3),
                EventType.read(rs.getString(4)),
                State.valueOf(rs.getString(5)),
                rs.getObject(6, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                rs.getObject(7, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                rs.getString(8),
                instant(rs, 9),
                instant(rs, 10));
    }

    static @Nullable Instant instant(ResultSet rs, int column) throws SQLException {
        LocalDateTime utc = rs.getObject(column, LocalDateTime.class);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
}
