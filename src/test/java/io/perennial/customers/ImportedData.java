package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks at what an import left in the tables. */
@TestComponent
@TenantSql("Tests look at the rows themselves.")
public class ImportedData {

    private final JdbcTemplate jdbc;

    ImportedData(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public static InputStream text(String... lines) {
        return new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public long count(TenantId tenant, String table) {
        Long count = jdbc.queryForObject(
                "SELECT COUNT(*) FROM " + table + " WHERE tenant_id = ?", Long.class, tenant.value());
        return count == null ? 0 : count;
    }

    /** The numbers of the shop's of all who are on lists, each once. */
    public List<String> listed(TenantId tenant) {
        return jdbc.queryForList(
                "SELECT DISTINCT c.external_id FROM segment_listed l JOIN customer c ON c.tenant_id = l.tenant_id "
                        + "AND c.id = l.customer_id WHERE l.tenant_id = ?",
                String.class,
                tenant.value());
    }

    /** The same of the list made last. */
    public List<String> latestList(TenantId tenant) {
        return jdbc.queryForList(
                "SELECT c.external_id FROM segment_listed l JOIN customer c ON c.tenant_id = l.tenant_id "
                        + "AND c.id = l.customer_id WHERE l.tenant_id = ? AND l.segment_id = "
                        + "(SELECT MAX(s.id) FROM segment s WHERE s.tenant_id = ?)",
                String.class,
                tenant.value(),
                tenant.value());
    }

    /** As if a list had so many members. */
    public void setMembers(TenantId tenant, long list, long members) {
        jdbc.update(
                "UPDATE segment_state SET members = ? WHERE tenant_id = ? AND segment_id = ?",
                members,
                tenant.value(),
                list);
    }

    public Map<String, Object> customer(TenantId tenant, String externalId) {
        return jdbc.queryForMap(
                "SELECT * FROM customer WHERE tenant_id = ? AND external_id = ?", tenant.value(), externalId);
    }

    public CustomerId id(TenantId tenant, String externalId) {
        return new CustomerId((Long) customer(tenant, externalId).get("id"));
    }

    public Map<String, Object> summary(TenantId tenant, String externalId) {
        return jdbc.queryForMap(
                "SELECT s.* FROM customer_summary s JOIN customer c ON c.tenant_id = s.tenant_id AND c.id = s.customer_id "
                        + "WHERE s.tenant_id = ? AND c.external_id = ?",
                tenant.value(),
                externalId);
    }

    public Map<String, Object> order(TenantId tenant, String externalId) {
        return jdbc.queryForMap(
                "SELECT * FROM customer_order WHERE tenant_id = ? AND external_id = ?", tenant.value(), externalId);
    }

    public List<Map<String, Object>> rows(TenantId tenant, String table) {
        return jdbc.queryForList("SELECT * FROM " + table + " WHERE tenant_id = ?", tenant.value());
    }

    /** A checksum of everything about customers that a business has. */
    public String checksum(TenantId tenant) {
        StringBuilder all = new StringBuilder();
        for (String table : List.of(
                "customer",
                "customer_tag",
                "customer_text",
                "customer_number",
                "customer_date",
                "customer_choice",
                "customer_order",
                "order_line",
                "consent",
                "consent_change",
                "suppression",
                "customer_summary")) {
            all.append(table)
                    .append(rows(tenant, table).stream()
                            .map(ImportedData::words)
                            .sorted()
                            .toList()
                            .hashCode());
        }
        return all.toString();
    }

    private static String words(Map<String, Object> row) {
        StringBuilder words = new StringBuilder();
        row.values()
                .forEach(v -> words.append(v instanceof byte[] b ? java.util.Arrays.toString(b) : v)
                        .append('|'));
        return words.toString();
    }
}
