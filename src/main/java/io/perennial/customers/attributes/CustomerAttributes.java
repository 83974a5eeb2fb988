package io.perennial.customers.attributes;

import io.perennial.customers.BulkTrace;
import io.perennial.customers.BulkTraces;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.customers.CustomerNotFound;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The attributes of a business and the values its customers have.
 *
 * @see AttributeType where the values are, for whoever compiles conditions
 * @see AttributeStore for thousands at once
 * @see <a href="../../../../../../docs/decisions/0207-attributes.md">0207-attributes.md</a>
 */
@Service
@TenantSql("Values are rows of four narrow tables; every statement names the current tenant.")
public class CustomerAttributes {

    private static final int SUGGESTIONS = 20;

    private final JdbcClient jdbc;
    private final AttributeCatalogue catalogue;
    private final AttributeStore store;
    private final CustomerChanges changes;
    private final BulkTraces bulk;

    CustomerAttributes(
            JdbcClient jdbc,
            AttributeCatalogue catalogue,
            AttributeStore store,
            CustomerChanges changes,
            BulkTraces bulk) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.store = store;
        this.changes = changes;
        this.bulk = bulk;
    }

    /** Those in use, in their order. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<CustomerAttribute> list() {
        return catalogue.all().stream()
                .filter(attribute -> !attribute.archived())
                .toList();
    }

    /** All, archived ones too. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<CustomerAttribute> listAll() {
        return catalogue.all();
    }

    /** The one with this key, archived or not. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<CustomerAttribute> find(String key) {
        return catalogue.all().stream()
                .filter(attribute -> attribute.key().equals(key))
                .findFirst();
    }

    /** What a customer has, in the attributes' order; archived attributes are left out. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Map<CustomerAttribute, AttributeValue> of(CustomerId customer) {
        Map<CustomerAttribute, AttributeValue> values = new LinkedHashMap<>();
        Map<Long, AttributeValue> known = byAttribute(customer);
        for (CustomerAttribute attribute : list()) {
            AttributeValue value = known.get(attribute.id().value());
            if (value != null) {
                values.put(attribute, value);
            }
        }
        return values;
    }

    /** The values of one attribute for some customers, for columns of a page of them. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Map<Long, AttributeValue> of(CustomerAttribute attribute, Collection<Long> customers) {
        return store.read(tenant(), attribute, customers);
    }

    /**
     * Sets or takes away one value of a customer.
     *
     * @param value nothing takes it away
     * @throws CustomerNotFound if there is no such customer here
     * @throws InvalidAttributeValue if the attribute cannot have it
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public void set(CustomerId customer, AttributeId id, @Nullable AttributeValue value) {
        write(customer, Map.of(id, Optional.ofNullable(value)));
    }

    /** As {@link #set}, for several attributes together: all of them or none. */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public void setAll(CustomerId customer, Map<AttributeId, Optional<AttributeValue>> values) {
        write(customer, values);
    }

    private void write(CustomerId customer, Map<AttributeId, Optional<AttributeValue>> values) {
        if (values.isEmpty()) {
            return;
        }
        touch(customer);
        values.forEach((id, value) -> {
            CustomerAttribute attribute = catalogue.require(id);
            value.ifPresentOrElse(
                    has -> store.write(
                            tenant(), attribute, Map.of(customer.value(), AttributeText.checked(attribute, has))),
                    () -> store.clear(tenant(), attribute, List.of(customer.value())));
            bulk.changedByHand(tenant(), BulkTrace.attribute(id.value()), List.of(customer.value()));
        });
        changes.note(tenant(), Set.of(CustomerAspect.ATTRIBUTES), List.of(customer.value()));
    }

    /** Texts in use that begin so, by name, at most 20: what to offer while somebody types. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<String> texts(AttributeId attribute, String beginning) {
        String pattern = beginning.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        return jdbc.sql("SELECT DISTINCT value FROM customer_text WHERE tenant_id = ? AND attribute_id = ? "
                        + "AND value LIKE ? ESCAPE '!' ORDER BY value LIMIT " + SUGGESTIONS)
                .params(tenant().value(), attribute.value(), pattern)
                .query((rs, n) -> rs.getString(1))
                .list();
    }

    private Map<Long, AttributeValue> byAttribute(CustomerId customer) {
        Map<Long, AttributeValue> values = new HashMap<>();
        Map<Long, Set<Integer>> chosen = new TreeMap<>();
        // One after the other by the clustered keys: a join of the four would only multiply lists.
        jdbc.sql("SELECT attribute_id, value FROM customer_text WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant().value(), customer.value())
                .query(rs -> {
                    values.put(rs.getLong(1), new AttributeValue.Text(rs.getString(2)));
                });
        jdbc.sql("SELECT attribute_id, value FROM customer_number WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant().value(), customer.value())
                .query(rs -> {
                    values.put(rs.getLong(1), new AttributeValue.Number(rs.getBigDecimal(2)));
                });
        jdbc.sql("SELECT attribute_id, value FROM customer_date WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant().value(), customer.value())
                .query(rs -> {
                    values.put(rs.getLong(1), new AttributeValue.Day(rs.getObject(2, LocalDate.class)));
                });
        jdbc.sql("SELECT v.attribute_id, v.choice, a.type FROM customer_choice v JOIN customer_attribute a "
                        + "ON a.tenant_id = v.tenant_id AND a.id = v.attribute_id "
                        + "WHERE v.tenant_id = ? AND v.customer_id = ?")
                .params(tenant().value(), customer.value())
                .query(rs -> {
                    if (rs.getString(3).equals(AttributeType.YES_NO.name())) {
                        values.put(rs.getLong(1), new AttributeValue.YesNo(rs.getInt(2) == 1));
                    } else {
                        chosen.computeIfAbsent(rs.getLong(1), id -> new LinkedHashSet<>())
                                .add(rs.getInt(2));
                    }
                });
        chosen.forEach((attribute, numbers) -> values.put(attribute, new AttributeValue.Choices(numbers)));
        return values;
    }

    /** Locks the customer's row too, so that an erasure at this moment finds the value or refuses it. */
    private void touch(CustomerId customer) {
        int here = jdbc.sql("UPDATE customer SET updated_at = ? WHERE tenant_id = ? AND id = ? AND erased_at IS NULL")
                .params(LocalDateTime.now(Clock.systemUTC()), tenant().value(), customer.value())
                .update();
        if (here == 0) {
            throw new CustomerNotFound(customer);
        }
    }

    private static TenantId tenant() {
        return CurrentTenant.require();
    }
}
