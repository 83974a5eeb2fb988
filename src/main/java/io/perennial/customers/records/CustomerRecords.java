package io.perennial.customers.records;

import io.perennial.customers.Customer;
import io.perennial.customers.CustomerSummary;
import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads customers whole, in the order in which they became known: a page begins behind an id, however many there are. */
@Service
@TenantSql("Walks along the clustered key; nothing here is changed.")
public class CustomerRecords {

    /** Customers read at a time, at most. */
    public static final int LARGEST_PAGE = 200;

    private static final String COLUMNS =
            "SELECT c.id, c.external_id, c.email, c.first_name, c.last_name, c.phone, c.gender, c.birthday, c.city, "
                    + "c.country, c.locale, c.zone, c.created_at, COALESCE(s.orders, 0) AS orders, "
                    + "COALESCE(s.order_days, 0) AS order_days, s.first_order_at, s.last_order_at, "
                    + "COALESCE(s.value, 0) AS value FROM customer c LEFT JOIN customer_summary s "
                    + "ON s.tenant_id = c.tenant_id AND s.customer_id = c.id "
                    + "WHERE c.tenant_id = ? AND c.erased_at IS NULL AND ";

    private final JdbcClient jdbc;

    CustomerRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The next customers.
     *
     * @param after the id of the last one read, or 0 to begin
     * @param limit at most one more than {@link #LARGEST_PAGE}, by which it is known whether there are more
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<CustomerRecord> page(long after, int limit) {
        return withTags(jdbc.sql(COLUMNS + "c.id > ? ORDER BY c.id LIMIT ?")
                .params(tenant(), after, Math.clamp(limit, 1, LARGEST_PAGE + 1))
                .query(CustomerRecords::map)
                .list());
    }

    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<CustomerRecord> find(CustomerId id) {
        return one("c.id = ?", id.value());
    }

    /** The customer with the shop's own number. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<CustomerRecord> findByExternalId(String externalId) {
        return one("c.external_id = ?", externalId);
    }

    /**
     * The customer with an address.
     *
     * @param email lower case
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<CustomerRecord> findByEmail(String email) {
        return one("c.email = ?", email);
    }

    private Optional<CustomerRecord> one(String condition, Object value) {
        return withTags(jdbc.sql(COLUMNS + condition)
                        .params(tenant(), value)
                        .query(CustomerRecords::map)
                        .list())
                .stream()
                .findFirst();
    }

    private List<CustomerRecord> withTags(List<CustomerRecord> found) {
        Map<Long, List<String>> tags =
                tags(found.stream().map(r -> r.customer().id().value()).toList());
        return found.stream()
                .map(r -> new CustomerRecord(
                        r.customer(), tags.getOrDefault(r.customer().id().value(), List.of()), r.summary()))
                .toList();
    }

    private Map<Long, List<String>> tags(Collection<Long> customers) {
        Map<Long, List<String>> tags = new HashMap<>();
        if (!customers.isEmpty()) {
            jdbc.sql("SELECT customer_id, tag FROM customer_tag WHERE tenant_id = ? AND customer_id IN ("
                            + String.join(",", Collections.nCopies(customers.size(), "?")) + ") ORDER BY tag")
                    .param(tenant())
                    .params(new ArrayList<>(customers))
                    .query(rs -> {
                        tags.computeIfAbsent(rs.getLong(1), id -> new ArrayList<>())
                                .add(rs.getString(2));
                    });
        }
        return tags;
    }

    private static CustomerRecord map(ResultSet rs, int row) throws SQLException {
        Customer customer = new Customer(
                new CustomerId(rs.getLong("id")),
                rs.getString("external_id"),
                rs.getString("email"),
                rs.getString("first_name"),
                rs.getString("last_name"),
                rs.getString("phone"),
                rs.getString("gender"),
                rs.getObject("birthday", LocalDate.class),
                rs.getString("city"),
                rs.getString("country"),
                rs.getString("locale"),
                rs.getString("zone"),
                rs.getObject("created_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
        CustomerSummary summary = new CustomerSummary(
                rs.getInt("orders"),
                rs.getInt("order_days"),
                instant(rs.getObject("first_order_at", LocalDateTime.class)),
                instant(rs.getObject("last_order_at", LocalDateTime.class)),
                rs.getBigDecimal("value"));
        return new CustomerRecord(customer, List.of(), summary);
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime utc) {
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
