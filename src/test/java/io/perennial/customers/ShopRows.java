package io.perennial.customers;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a business has, told by the shop's own numbers, so that two businesses with the same can be compared. */
@TestComponent
@TenantSql("Tests look at the rows themselves.")
public class ShopRows {

    private static final String WHO = "COALESCE(c.external_id, c.email)";
    private static final Map<String, String> QUERIES = new TreeMap<>(Map.of(
            "customers",
            "SELECT external_id, email, first_name, last_name, phone, gender, birthday, city, country, locale, zone "
                    + "FROM customer WHERE tenant_id = ? AND erased_at IS NULL",
            "tags",
            "SELECT " + WHO + ", x.tag FROM customer_tag x JOIN customer c ON c.tenant_id = x.tenant_id "
                    + "AND c.id = x.customer_id WHERE x.tenant_id = ?",
            "consents",
            "SELECT " + WHO
                    + ", x.topic, x.status, x.source FROM consent x JOIN customer c ON c.tenant_id = x.tenant_id "
                    + "AND c.id = x.customer_id WHERE x.tenant_id = ?",
            "orders",
            "SELECT x.external_id, " + WHO
                    + ", x.ordered_at, x.ordered_on, x.status, x.currency, x.amount, x.net_value, "
                    + "x.refunded, x.refunded_at FROM customer_order x JOIN customer c ON c.tenant_id = x.tenant_id "
                    + "AND c.id = x.customer_id WHERE x.tenant_id = ?",
            "lines",
            "SELECT o.external_id, x.line_no, " + WHO
                    + ", x.ordered_at, x.sku, x.product, x.category, x.quantity, x.net_value "
                    + "FROM order_line x JOIN customer_order o ON o.tenant_id = x.tenant_id AND o.id = x.order_id "
                    + "JOIN customer c ON c.tenant_id = x.tenant_id AND c.id = x.customer_id WHERE x.tenant_id = ?",
            "summaries",
            "SELECT " + WHO
                    + ", x.orders, x.order_days, x.first_order_at, x.last_order_at, x.value FROM customer_summary x "
                    + "JOIN customer c ON c.tenant_id = x.tenant_id AND c.id = x.customer_id WHERE x.tenant_id = ?"));

    static {
        for (String table : List.of("customer_text", "customer_number", "customer_date")) {
            QUERIES.put(table, values("x.value", table + " x"));
        }
        QUERIES.put(
                "customer_choice",
                values(
                        "h.name",
                        "customer_choice x JOIN customer_attribute_choice h ON h.tenant_id = x.tenant_id "
                                + "AND h.attribute_id = x.attribute_id AND h.choice = x.choice"));
    }

    private final JdbcTemplate jdbc;

    ShopRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Everything, one line a row, in order. */
    public String of(TenantId tenant) {
        StringBuilder all = new StringBuilder();
        QUERIES.forEach((name, sql) -> {
            List<String> rows = jdbc.queryForList(sql, tenant.value()).stream()
                    .map(row -> row.values().toString())
                    .sorted()
                    .toList();
            all.append(name).append('\n');
            rows.forEach(row -> all.append("  ").append(row).append('\n'));
        });
        return all.toString();
    }

    private static String values(String value, String table) {
        return "SELECT " + WHO + ", a.attribute_key, " + value + " FROM " + table
                + " JOIN customer c ON c.tenant_id = x.tenant_id AND c.id = x.customer_id JOIN customer_attribute a "
                + "ON a.tenant_id = x.tenant_id AND a.id = x.attribute_id WHERE x.tenant_id = ?";
    }
}
