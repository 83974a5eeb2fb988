package io.perennial.segments;

import io.perennial.customers.attributes.AttributeType;
import io.perennial.kernel.TenantId;
import io.perennial.segments.OrderFilter.Among;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the current business has that rules name or measure by: its attributes, topics, articles, and what the best spend. */
@Component
@TenantSql("Names and figures over whole tables, which entities would not hold; every statement names the tenant.")
class ScopeQueries {

    /** A page waits for these. */
    private static final int SECONDS = 30;

    /** Each is a range of an index; of more of them the optimiser forgets that there are ranges. */
    private static final int LISTED = 5_000;

    private final JdbcClient jdbc;

    ScopeQueries(DataSource source) {
        JdbcTemplate template = new JdbcTemplate(source);
        template.setQueryTimeout(SECONDS);
        this.jdbc = JdbcClient.create(template);
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
}
