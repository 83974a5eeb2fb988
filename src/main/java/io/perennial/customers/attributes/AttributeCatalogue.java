package io.perennial.customers.attributes;

import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The definitions of the current tenant, read by two short queries. */
@Component
@TenantSql("Definitions with their choices, two small tables read whole; every statement names the current tenant.")
public class AttributeCatalogue {

    private final JdbcClient jdbc;

    AttributeCatalogue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All, archived ones too, in their order. */
    public List<CustomerAttribute> all() {
        Map<Long, List<AttributeChoice>> choices = new HashMap<>();
        jdbc.sql("SELECT h.attribute_id, h.choice, h.name, h.archived_at IS NOT NULL FROM customer_attribute_choice h "
                        + "JOIN customer_attribute a ON a.tenant_id = h.tenant_id AND a.id = h.attribute_id "
                        + "WHERE h.tenant_id = ? AND a.type IN ('CHOICE', 'LIST') ORDER BY h.position, h.choice")
                .param(tenant())
                .query(rs -> {
                    choices.computeIfAbsent(rs.getLong(1), id -> new ArrayList<>())
                            .add(new AttributeChoice(rs.getInt(2), rs.getString(3), rs.getBoolean(4)));
                });
        return jdbc.sql("SELECT id, attribute_key, name, type, archived_at IS NOT NULL FROM customer_attribute "
                        + "WHERE tenant_id = ? ORDER BY position, id")
                .param(tenant())
                .query((rs, n) -> new CustomerAttribute(
                        new AttributeId(rs.getLong(1)),
                        rs.getString(2),
                        rs.getString(3),
                        AttributeType.valueOf(rs.getString(4)),
                        rs.getBoolean(5),
                        choices.getOrDefault(rs.getLong(1), List.of())))
                .list();
    }

    CustomerAttribute require(AttributeId id) {
        return all().stream()
                .filter(attribute -> attribute.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("This business has no attribute " + id));
    }

    /** Keeps two people from changing definitions at once: limits, positions and numbers of choices are counted. */
    void lock() {
        jdbc.sql("SELECT id FROM business WHERE id = ? FOR UPDATE /* all tenants */")
                .param(tenant())
                .query(Long.class)
                .single();
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
