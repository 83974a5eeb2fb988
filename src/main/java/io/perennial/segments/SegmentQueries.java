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
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Runs compiled rules, and finds the values a rule may ask for. */
@Component
@TenantSql("A rule is one query made while the program runs; entities of a million customers would not fit.")
class SegmentQueries {

    /** A rule that needs longer than this is given up, so that nobody's rule holds the others up. */
    private static final int SECONDS = 30;

    private static final String SAMPLE_COLUMNS = "c.id, c.first_name, c.last_name, c.email, c.city, "
            + "COALESCE(s.orders, 0) AS orders, COALESCE(s.value, 0) AS value, s.last_order_at";

    private final JdbcClient jdbc;

    SegmentQueries(DataSource source) {
        JdbcTemplate template = new JdbcTemplate(source);
        template.setQueryTimeout(SECONDS);
        this.jdbc = JdbcClient.create(template);
    }

    /** The latest known first. */
    List<SampleCustomer> sample(Rule rule, RuleContext context, int size) {
        SqlFragment customers = RuleCompiler.compile(SAMPLE_COLUMNS, rule, context);
        return jdbc.sql(customers.sql() + " ORDER BY c.id DESC LIMIT " + size)
                .params(customers.params())
                .query(SegmentQueries::sampled)
                .list();
    }

    /** These customers as they are shown beside a rule, in this order; who is gone meanwhile is left out. */
    List<SampleCustomer> shown(List<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        SqlBuilder sql = new SqlBuilder()
                .add("SELECT ")
                .add(SAMPLE_COLUMNS)
                .add(
                        " FROM customer c LEFT JOIN customer_summary s ON s.tenant_id = c.tenant_id AND s.customer_id = c.id "
                                + "WHERE c.tenant_id = ? AND c.erased_at IS NULL AND c.id IN ",
                        CurrentTenant.require().value())
                .list(ids);
        return jdbc.sql(sql.add(" ORDER BY c.id DESC").build().sql())
                .params(sql.build().params())
                .query(SegmentQueries::sampled)
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

    /** The value that only one customer in ten exceeds, or nothing where nobody has bought. */
    Optional<BigDecimal> valueOfTopTenth() {
        long tenant = CurrentTenant.require().value();
        long buyers = jdbc.sql("SELECT COUNT(*) FROM customer_summary WHERE tenant_id = ? AND value > 0")
                .param(tenant)
                .query(Long.class)
                .single();
        return jdbc.sql("SELECT value FROM customer_summary WHERE tenant_id = ? AND value > 0 "
                        + "ORDER BY value DESC LIMIT 1 OFFSET ?")
                .params(tenant, buyers / 10)
                .query(BigDecimal.class)
                .optional();
    }

    /** Values in use that hold {@code part}, by name; the tenant's own, at most {@code limit}. */
    List<Choice> choices(ChoiceOf of, String part, int offset, int limit) {
        String pattern = "%" + part.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        String sql = switch (of) {
            case CITY -> distinct("city", "customer");
            case COUNTRY -> distinct("country", "customer");
            case LOCALE -> distinct("locale", "customer");
            case GENDER -> distinct("gender", "customer");
            case TAG -> distinct("tag", "customer_tag");
            case CATEGORY -> distinct("category", "order_line");
            case PRODUCT -> distinct("product", "order_line");
            case TOPIC ->
                "SELECT code, name FROM consent_topic WHERE tenant_id = ? AND name LIKE ? ESCAPE '!' "
                        + "ORDER BY position, name LIMIT ? OFFSET ?";
        };
        return jdbc.sql(sql)
                .params(CurrentTenant.require().value(), pattern, limit, offset)
                .query((rs, n) -> new Choice(rs.getString(1), rs.getString(2)))
                .list();
    }

    private static String distinct(String column, String table) {
        return "SELECT DISTINCT " + column + ", " + column + " FROM " + table + " WHERE tenant_id = ? AND " + column
                + " LIKE ? ESCAPE '!' ORDER BY 1 LIMIT ? OFFSET ?";
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime utc) {
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
}
