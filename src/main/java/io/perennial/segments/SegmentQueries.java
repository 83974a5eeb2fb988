package io.perennial.segments;

import io.perennial.customers.attributes.AttributeType;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.segments.OrderFilter.Among;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Each is a range of an index; of more of them the optimiser forgets that there are ranges. */
    private static final int LISTED = 5_000;

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

    /** What the current business itself keeps about its customers, in its order; archived ones too. */
    List<RuleAttribute> attributes() {
        Map<Long, Map<Integer, String>> choices = new HashMap<>();
        jdbc.sql("SELECT attribute_id, choice, name FROM customer_attribute_choice WHERE tenant_id = ? "
                        + "ORDER BY attribute_id, position, choice")
                .param(CurrentTenant.require().value())
                .query(rs -> {
                    choices.computeIfAbsent(rs.getLong(1), id -> new LinkedHashMap<>())
                            .put(rs.getInt(2), rs.getString(3));
                });
        return jdbc.sql("SELECT id, attribute_key, name, type, archived_at IS NOT NULL FROM customer_attribute "
                        + "WHERE tenant_id = ? ORDER BY position, id")
                .param(CurrentTenant.require().value())
                .query((rs, n) -> new RuleAttribute(
                        rs.getLong(1),
                        rs.getString(2),
                        rs.getString(3),
                        AttributeType.valueOf(rs.getString(4)),
                        choices.getOrDefault(rs.getLong(1), Map.of()),
                        rs.getBoolean(5)))
                .list();
    }

    /** The numbers of the articles a filter means, or nothing where they are more than a statement may list. */
    Optional<List<Long>> articles(TenantId tenant, OrderFilter filter) {
        SqlBuilder sql = new SqlBuilder();
        Among products = filter.products();
        if (products == null || products.excluded()) {
            articles(sql, tenant, filter);
        } else { // each by its index
            articles(sql, tenant, filter);
            sql.add(" AND a.product IN ").list(products.values()).add(" UNION ");
            articles(sql, tenant, filter);
            sql.add(" AND a.sku IN ").list(products.values());
        }
        SqlFragment found = sql.add(" LIMIT " + (LISTED + 1)).build();
        List<Long> ids = jdbc.sql(found.sql())
                .params(found.params())
                .query((rs, n) -> rs.getLong(1))
                .list();
        return ids.size() > LISTED ? Optional.empty() : Optional.of(ids);
    }

    private static void articles(SqlBuilder sql, TenantId tenant, OrderFilter filter) {
        sql.add("SELECT a.id FROM article a WHERE a.tenant_id = ?", tenant.value());
        ArticlesSql.texts(sql, "a", filter);
    }

    /** The names of the topics by code. */
    Map<String, String> topicNames() {
        Map<String, String> names = new HashMap<>();
        jdbc.sql("SELECT code, name FROM consent_topic WHERE tenant_id = ?")
                .param(CurrentTenant.require().value())
                .query(rs -> {
                    names.put(rs.getString(1), rs.getString(2));
                });
        return names;
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime utc) {
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
}
