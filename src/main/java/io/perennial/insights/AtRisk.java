package io.perennial.insights;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The customers who may be about to leave and are worth keeping, the most worth first. */
@Service
@TenantSql("Lists and counts over the customer summary; each statement names the current tenant.")
public class AtRisk {

    private final JdbcClient jdbc;

    AtRisk(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One of them.
     *
     * @param name as well as it is known: name, else e-mail address, else the shop's own number
     * @param value net value to date
     * @param rhythmDays mean days between purchase days; nothing for one-time buyers
     * @param churnRisk probability of no order in the next 90 days; nothing where it is not forecast
     * @param expectedValue discounted, of the next 365 days
     */
    public record Customer(
            CustomerId id,
            String name,
            @Nullable String email,
            int orders,
            BigDecimal value,
            Instant lastOrderAt,
            @Nullable Double rhythmDays,
            @Nullable Double churnRisk,
            @Nullable BigDecimal expectedValue) {}

    /** A page of them, those with the most to lose (expected value × churn risk) first. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('insight:read')")
    public List<Customer> list(AtRiskFilter filter, int offset, int limit) {
        SqlFragment where = where(filter, CurrentTenant.require());
        String order = filter.isForecast() ? "s.clv * s.churn_risk DESC" : "s.value DESC";
        List<Object> params = new ArrayList<>(where.params());
        params.add(limit);
        params.add(offset);
        // The page is found in the summary alone; names are looked up for its rows only.
        return jdbc.sql("SELECT p.*, c.first_name, c.last_name, c.email, c.external_id FROM ("
                        + "SELECT s.tenant_id, s.customer_id, s.orders, s.value, s.last_order_at, s.churn_risk, s.clv, "
                        + "CASE WHEN s.order_days > 1 THEN TIMESTAMPDIFF(SECOND, s.first_order_at, s.last_order_at) "
                        + "/ 86400 / (s.order_days - 1) END AS rhythm FROM customer_summary s WHERE " + where.sql()
                        + " ORDER BY " + order + ", s.customer_id LIMIT ? OFFSET ?) p "
                        + "JOIN customer c ON c.tenant_id = p.tenant_id AND c.id = p.customer_id ORDER BY "
                        + order.replace("s.", "p.") + ", p.customer_id")
                .params(params)
                .query((rs, n) -> customer(rs))
                .list();
    }

    /** How many there are. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('insight:read')")
    public long count(AtRiskFilter filter) {
        SqlFragment where = where(filter, CurrentTenant.require());
        return jdbc.sql("SELECT COUNT(*) FROM customer_summary s WHERE " + where.sql())
                .params(where.params())
                .query(Long.class)
                .single();
    }

    /** What they spent and what they are expected to spend in the next year, together. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('insight:read')")
    public AtStake atStake(AtRiskFilter filter) {
        SqlFragment where = where(filter, CurrentTenant.require());
        return jdbc.sql("SELECT COUNT(*), COALESCE(SUM(s.value), 0), COALESCE(SUM(s.clv), 0) "
                        + "FROM customer_summary s WHERE " + where.sql())
                .params(where.params())
                .query((rs, n) -> new AtStake(rs.getLong(1), rs.getBigDecimal(2), rs.getBigDecimal(3)))
                .single();
    }

    /**
     * What a list is worth.
     *
     * @param spent net value to date
     * @param expected discounted value of the next 365 days; 0 where it is not forecast
     */
    public record AtStake(long customers, BigDecimal spent, BigDecimal expected) {}

    private static SqlFragment where(AtRiskFilter filter, TenantId tenant) {
        StringBuilder sql = new StringBuilder("s.tenant_id = ? AND s.orders >= ?");
        List<Object> params = new ArrayList<>(List.of(tenant.value(), AtRiskFilter.LEAST_ORDERS));
        if (filter.isForecast()) {
            sql.append(" AND s.churn_risk >= ? AND s.churn_risk <= ?");
            params.add(filter.riskFrom());
            params.add(filter.riskTo());
        } else {
            LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
            sql.append(" AND s.last_order_at <= ? AND s.last_order_at >= ?");
            params.add(now.minusDays(filter.silentFrom()));
            params.add(now.minusDays(filter.silentTo()));
        }
        switch (filter.worth()) {
            case EXPECTED_ABOVE_AVERAGE -> {
                sql.append(" AND s.clv >= ?");
                params.add(filter.averageValue());
            }
            case SPENT_MOST -> {
                sql.append(" AND s.rfm_monetary >= ?");
                params.add(AtRiskFilter.HIGH_MONETARY);
            }
            case ANYONE -> {}
        }
        return new SqlFragment(sql.toString(), params);
    }

    private static Customer customer(ResultSet rs) throws SQLException {
        double rhythm = rs.getDouble("rhythm");
        Double known = rs.wasNull() ? null : rhythm;
        double risk = rs.getDouble("churn_risk");
        Double churnRisk = rs.wasNull() ? null : risk;
        return new Customer(
                new CustomerId(rs.getLong("customer_id")),
                name(rs),
                rs.getString("email"),
                rs.getInt("orders"),
                rs.getBigDecimal("value"),
                rs.getObject("last_order_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                known,
                churnRisk,
                rs.getBigDecimal("clv"));
    }

    private static String name(ResultSet rs) throws SQLException {
        String first = rs.getString("first_name");
        String last = rs.getString("last_name");
        String name = ((first == null ? "" : first) + " " + (last == null ? "" : last)).strip();
        if (!name.isEmpty()) {
            return name;
        }
        String email = rs.getString("email");
        if (email != null) {
            return email;
        }
        String external = rs.getString("external_id");
        return external == null ? rs.getString("customer_id") : external;
    }
}
