package io.perennial.segments;

import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads some customers as they are shown beside a rule that picks them. */
@Component
@TenantSql("Customers beside their summaries, by keys that a count found; the statement names the tenant.")
class SampleReader {

    private final JdbcClient jdbc;

    SampleReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** These customers as they are shown beside a rule, the latest known first; who is gone meanwhile is left out. */
    List<SampleCustomer> of(List<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        SqlFragment them = new SqlBuilder()
                .add(
                        "SELECT c.id, c.first_name, c.last_name, c.email, c.city, COALESCE(s.orders, 0) AS orders, "
                                + "COALESCE(s.value, 0) AS value, s.last_order_at FROM customer c LEFT JOIN customer_summary s ON s.tenant_id = c.tenant_id AND s.customer_id = c.id "
                                + "WHERE c.tenant_id = ? AND c.erased_at IS NULL AND c.id IN ",
                        CurrentTenant.require().value())
                .list(ids)
                .add(" ORDER BY c.id DESC")
                .build();
        return jdbc.sql(them.sql())
                .params(them.params())
                .query(SampleReader::sampled)
                .list();
    }

    private static SampleCustomer sampled(ResultSet rs, int row) throws SQLException {
        return new SampleCustomer(
                new CustomerId(rs.getLong("id")),
                rs.getString("first_name"),
                rs.getString("last_name"),
                rs.getString("email"),
                rs.getString("city"),
                rs.getInt("orders"),
                rs.getObject("value", BigDecimal.class),
                instant(rs.getObject("last_order_at", LocalDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime utc) {
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
}
