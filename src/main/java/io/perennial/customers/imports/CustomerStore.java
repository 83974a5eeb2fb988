package io.perennial.customers.imports;

import io.perennial.customers.ConsentTopic;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
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
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads and writes customers by the thousand. */
@Component
@TenantSql("Imports write tens of thousands of rows a second, in multi-row statements; each names its tenant.")
class CustomerStore {

    /** Longer lists make the optimiser give up on ranges. */
    private static final int STEP = 5_000;

    private static final String UPDATE =
            "UPDATE customer SET external_id = ?, email = ?, first_name = ?, last_name = ?, "
                    + "phone = ?, gender = ?, birthday = ?, city = ?, country = ?, locale = ?, zone = ?, updated_at = ? "
                    + "WHERE tenant_id = ? AND id = ? AND erased_at IS NULL";

    private final JdbcTemplate jdbc;
    private final BulkInsert insert;
    private final CustomerChanges noted;

    CustomerStore(JdbcTemplate jdbc, BulkInsert insert, CustomerChanges noted) {
        this.jdbc = jdbc;
        this.insert = insert;
        this.noted = noted;
    }

    /** The customers that have one of these ids or addresses. */
    Collection<StoredCustomer> find(TenantId tenant, Collection<String> externalIds, Collection<String> emails) {
        Map<Long, StoredCustomer> found = new HashMap<>();
        Sql.steps(externalIds, STEP, keys -> find(tenant, "external_id", keys, found));
        Sql.steps(emails, STEP, keys -> find(tenant, "email", keys, found));
        return found.values();
    }

    private void find(TenantId tenant, String column, Collection<String> keys, Map<Long, StoredCustomer> found) {
        List<Object> params = new ArrayList<>(keys.size() + 1);
        params.add(tenant.value());
        params.addAll(keys);
        query(
                column + " IN (" + String.join(",", Collections.nCopies(keys.size(), "?")) + ")",
                params.toArray(),
                found);
    }

    /** The customers with these ids who were not erased. */
    Map<Long, StoredCustomer> byIds(TenantId tenant, Collection<Long> ids) {
        Map<Long, StoredCustomer> found = new HashMap<>();
        Sql.steps(
                ids,
                STEP,
                some -> query("erased_at IS NULL AND id IN " + Sql.list(some), new Object[] {tenant.value()}, found));
        return found;
    }

    /** As {@link #find}, without what an index does not tell: of some the address or the number alone. */
    Collection<StoredCustomer> findKeys(TenantId tenant, Collection<String> externalIds, Collection<String> emails) {
        Map<Long, StoredCustomer> found = new HashMap<>();
        Sql.steps(emails, STEP, keys -> findKeys(tenant, "email", externalIds.isEmpty(), keys, found));
        Sql.steps(externalIds, STEP, keys -> findKeys(tenant, "external_id", true, keys, found));
        return found.values();
    }

    private void findKeys(
            TenantId tenant, String column, boolean alone, List<String> keys, Map<Long, StoredCustomer> found) {
        List<Object> params = new ArrayList<>(keys.size() + 1);
        params.add(tenant.value());
        params.addAll(keys);
        jdbc.query(
                "SELECT id, " + (alone ? column : "external_id, email") + " FROM customer WHERE tenant_id = ? AND "
                        + column + " IN (" + String.join(",", Collections.nCopies(keys.size(), "?")) + ")",
                rs -> {
                    long id = rs.getLong(1);
                    @Nullable Object[] values = new @Nullable Object[StoredCustomer.FIELDS.size()];
                    values[0] = alone && column.equals("email") ? null : rs.getString(2);
                    values[1] = alone ? column.equals("email") ? rs.getString(2) : null : rs.getString(3);
                    found.putIfAbsent(id, new StoredCustomer(id, values));
                },
                params.toArray());
    }

    private void query(String condition, Object[] params, Map<Long, StoredCustomer> found) {
        jdbc.query(
                "SELECT id, " + StoredCustomer.COLUMNS + " FROM customer WHERE tenant_id = ? AND " + condition,
                rs -> {
                    @Nullable Object[] values = new @Nullable Object[StoredCustomer.FIELDS.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = i == 6 ? rs.getObject(8, LocalDate.class) : rs.getString(i + 2);
                    }
                    long id = rs.getLong(1);
                    found.put(id, new StoredCustomer(id, values));
                },
                params);
    }

    /**
     * Adds customers, each with an empty summary.
     *
     * @param customers with ids of one block, in their order
     */
    void insert(TenantId tenant, List<StoredCustomer> customers, LocalDateTime now) {
        if (customers.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> rows = new ArrayList<>(customers.size());
        for (StoredCustomer customer : customers) {
            @Nullable Object[] row = new @Nullable Object[15];
            row[0] = tenant.value();
            row[1] = customer.id();
            System.arraycopy(customer.values(), 0, row, 2, 11);
            row[13] = now;
            row[14] = now;
            rows.add(row);
        }
        insert.into("customer", "tenant_id, id, " + StoredCustomer.COLUMNS + ", created_at, updated_at", rows);
        insert.intoUnchecked(
                "customer_summary",
                "tenant_id, customer_id",
                customers.stream()
                        .<@Nullable Object[]>map(c -> new @Nullable Object[] {tenant.value(), c.id()})
                        .toList());
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
        Sql.steps(
                customers,
                STEP,
                ids -> jdbc.query(
                        "SELECT customer_id, tag FROM customer_tag WHERE tenant_id = ? AND customer_id IN "
                                + Sql.list(ids),
                        rs -> {
                            tags.computeIfAbsent(rs.getLong(1), id -> caseless())
                                    .add(rs.getString(2));
                        },
                        tenant.value()));
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
     * @param made the customers who were made just now, and have none
     * @return whose were recorded
     */
    Set<Long> grant(TenantId tenant, Map<Long, LocalDateTime> consents, Journal.Ids made, String source) {
        Set<Long> known = new HashSet<>();
        Sql.steps(
                consents.keySet().stream().filter(id -> !made.has(id)).toList(),
                STEP,
                ids -> known.addAll(jdbc.queryForList(
                        "SELECT customer_id FROM consent WHERE tenant_id = ? AND topic = ? AND customer_id IN "
                                + Sql.list(ids),
                        Long.class,
                        tenant.value(),
                        ConsentTopic.NEWS)));
        SortedMap<Long, LocalDateTime> first = new TreeMap<>(consents);
        first.keySet().removeAll(known);
        if (first.isEmpty()) {
            return Set.of();
        }
        List<@Nullable Object[]> states = new ArrayList<>(first.size());
        List<@Nullable Object[]> changes = new ArrayList<>(first.size());
        long[] id = {TimeOrderedIds.nextBlock(first.size())};
        first.forEach((customer, at) -> {
            states.add(new @Nullable Object[] {tenant.value(), customer, ConsentTopic.NEWS, "GRANTED", at, source});
            changes.add(
                    new @Nullable Object[] {tenant.value(), id[0]++, customer, ConsentTopic.NEWS, "GRANTED", at, source
                    });
        });
        insert.into("consent", "tenant_id, customer_id, topic, status, at, source", states);
        String columns = "tenant_id, id, customer_id, topic, status, at, source";
        if (first.keySet().stream().allMatch(made::has)) {
            insert.intoUnchecked("consent_change", columns, changes);
        } else {
            insert.into("consent_change", columns, changes);
        }
        noted.note(tenant, Set.of(CustomerAspect.CONSENT), first.keySet());
        return first.keySet();
    }

    /** Records that a consent to the default topic was taken back, which is not the customers' own doing. */
    void recordTakenBack(TenantId tenant, List<Long> customers, String source) {
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        String text = source.length() > 100 ? source.substring(0, 100) : source;
        long id = TimeOrderedIds.nextBlock(customers.size());
        List<@Nullable Object[]> rows = new ArrayList<>(customers.size());
        for (long customer : customers) {
            rows.add(
                    new @Nullable Object[] {tenant.value(), id++, customer, ConsentTopic.NEWS, "WITHDRAWN", now, text});
        }
        insert.into("consent_change", "tenant_id, id, customer_id, topic, status, at, source", rows);
        noted.note(tenant, Set.of(CustomerAspect.CONSENT), customers);
    }
}
