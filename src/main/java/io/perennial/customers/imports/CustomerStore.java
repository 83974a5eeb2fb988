package io.perennial.customers.imports;

import io.perennial.customers.ConsentTopic;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads and writes customers by the thousand. */
@Component
@TenantSql("Imports write tens of thousands of rows a second, in multi-row statements; each names its tenant.")
class CustomerStore {

    private static final String INSERT = "INSERT INTO customer (tenant_id, id, " + StoredCustomer.COLUMNS
            + ", created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE =
            "UPDATE customer SET external_id = ?, email = ?, first_name = ?, last_name = ?, "
                    + "phone = ?, gender = ?, birthday = ?, city = ?, country = ?, locale = ?, zone = ?, updated_at = ? "
                    + "WHERE tenant_id = ? AND id = ? AND erased_at IS NULL";

    private final JdbcTemplate jdbc;
    private final CustomerChanges noted;

    CustomerStore(JdbcTemplate jdbc, CustomerChanges noted) {
        this.jdbc = jdbc;
        this.noted = noted;
    }

    /** The customers that have one of these ids or addresses. */
    Collection<StoredCustomer> find(TenantId tenant, Collection<String> externalIds, Collection<String> emails) {
        Map<Long, StoredCustomer> found = new HashMap<>();
        find(tenant, "external_id", externalIds, found);
        find(tenant, "email", emails, found);
        return found.values();
    }

    private void find(TenantId tenant, String column, Collection<String> keys, Map<Long, StoredCustomer> found) {
        if (keys.isEmpty()) {
            return;
        }
        List<Object> params = new ArrayList<>(keys.size() + 1);
        params.add(tenant.value());
        params.addAll(keys);
        jdbc.query(
                "SELECT id, " + StoredCustomer.COLUMNS + " FROM customer WHERE tenant_id = ? AND " + column + " IN ("
                        + String.join(",", Collections.nCopies(keys.size(), "?")) + ")",
                rs -> {
                    @Nullable Object[] values = new @Nullable Object[StoredCustomer.FIELDS.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = i == 6 ? rs.getObject(8, LocalDate.class) : rs.getString(i + 2);
                    }
                    long id = rs.getLong(1);
                    found.put(id, new StoredCustomer(id, values));
                },
                params.toArray());
    }

    /** Adds customers, each with an empty summary. */
    void insert(TenantId tenant, List<StoredCustomer> customers, LocalDateTime now) {
        if (customers.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> rows = new ArrayList<>(customers.size());
        List<@Nullable Object[]> summaries = new ArrayList<>(customers.size());
        for (StoredCustomer customer : customers) {
            @Nullable Object[] row = new @Nullable Object[15];
            row[0] = tenant.value();
            row[1] = customer.id();
            System.arraycopy(customer.values(), 0, row, 2, 11);
            row[13] = now;
            row[14] = now;
            rows.add(row);
            summaries.add(new @Nullable Object[] {tenant.value(), customer.id()});
        }
        Sql.batch(jdbc, INSERT, rows);
        Sql.batch(jdbc, "INSERT INTO customer_summary (tenant_id, customer_id) VALUES (?, ?)", summaries);
        note(tenant, Set.of(CustomerAspect.EXISTENCE), customers);
    }

    void update(TenantId tenant, List<StoredCustomer> customers, LocalDateTime now) {
        if (customers.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> rows = new ArrayList<>(customers.size());
        for (StoredCustomer customer : customers) {
            @Nullable Object[] row = new @Nullable Object[14];
            System.arraycopy(customer.values(), 0, row, 0, 11);
            row[11] = now;
            row[12] = tenant.value();
            row[13] = customer.id();
            rows.add(row);
        }
        Sql.batch(jdbc, UPDATE, rows);
        note(tenant, CustomerAspect.PROFILE, customers);
    }

    private void note(TenantId tenant, Set<CustomerAspect> aspects, List<StoredCustomer> customers) {
        noted.note(tenant, aspects, customers.stream().map(StoredCustomer::id).toList());
    }

    /** The tags of these customers. */
    Map<Long, Set<String>> tags(TenantId tenant, Collection<Long> customers) {
        Map<Long, Set<String>> tags = new HashMap<>();
        if (!customers.isEmpty()) {
            jdbc.query(
                    "SELECT customer_id, tag FROM customer_tag WHERE tenant_id = ? AND customer_id IN "
                            + Sql.list(customers),
                    rs -> {
                        tags.computeIfAbsent(rs.getLong(1), id -> caseless()).add(rs.getString(2));
                    },
                    tenant.value());
        }
        return tags;
    }

    /** A set as the tags' collation sees it. */
    static Set<String> caseless() {
        return Collections.newSetFromMap(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
    }

    void addTags(TenantId tenant, Map<Long, List<String>> tags) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        tags.forEach((customer, words) ->
                words.forEach(tag -> rows.add(new @Nullable Object[] {tenant.value(), customer, tag})));
        if (!rows.isEmpty()) {
            // The collation may see two tags as one where Java sees two.
            Sql.batch(
                    jdbc,
                    "INSERT INTO customer_tag (tenant_id, customer_id, tag) VALUES (?, ?, ?) "
                            + "ON DUPLICATE KEY UPDATE tag = VALUES(tag)",
                    rows);
            noted.note(tenant, Set.of(CustomerAspect.TAGS), tags.keySet());
        }
    }

    /**
     * Records consent to the default topic for those who never gave or withdrew one; whoever withdrew it stays out.
     *
     * @param consents when each customer consented
     * @return how many were recorded
     */
    int grant(TenantId tenant, Map<Long, LocalDateTime> consents, String source) {
        if (consents.isEmpty()) {
            return 0;
        }
        Set<Long> known = new HashSet<>(jdbc.queryForList(
                "SELECT customer_id FROM consent WHERE tenant_id = ? AND topic = ? AND customer_id IN "
                        + Sql.list(consents.keySet()),
                Long.class,
                tenant.value(),
                ConsentTopic.NEWS));
        List<@Nullable Object[]> states = new ArrayList<>();
        List<@Nullable Object[]> changes = new ArrayList<>();
        consents.forEach((customer, at) -> {
            if (!known.contains(customer)) {
                states.add(new @Nullable Object[] {tenant.value(), customer, ConsentTopic.NEWS, at, source});
                changes.add(new @Nullable Object[] {
                    tenant.value(), TimeOrderedIds.next(), customer, ConsentTopic.NEWS, at, source
                });
            }
        });
        if (!states.isEmpty()) {
            Sql.batch(
                    jdbc,
                    "INSERT INTO consent (tenant_id, customer_id, topic, status, at, source) VALUES (?, ?, ?, 'GRANTED', ?, ?)",
                    states);
            Sql.batch(
                    jdbc,
                    "INSERT INTO consent_change (tenant_id, id, customer_id, topic, status, at, source) "
                            + "VALUES (?, ?, ?, ?, 'GRANTED', ?, ?)",
                    changes);
            noted.note(tenant, Set.of(CustomerAspect.CONSENT), consents.keySet());
        }
        return states.size();
    }
}
