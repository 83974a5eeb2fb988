package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Single customers: who they are, their figures and orders. */
@Service
@TenantSql("Reads rows that imports write in bulk; an entity would only be in their way.")
public class Customers {

    private final JdbcClient jdbc;

    private final ErasedPeople erased;
    private final CustomerChanges changes;

    Customers(JdbcClient jdbc, ErasedPeople erased, CustomerChanges changes) {
        this.jdbc = jdbc;
        this.erased = erased;
        this.changes = changes;
    }

    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<Customer> find(CustomerId id) {
        return byId(id);
    }

    /**
     * A customer of this business.
     *
     * @throws CustomerNotFound if there is none with this id here
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Customer require(CustomerId id) {
        return byId(id).orElseThrow(() -> new CustomerNotFound(id));
    }

    /** Who is not there any more but was, whom links and bookmarks still name. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<FormerCustomer> former(CustomerId id) {
        return jdbc.sql("SELECT erased_at, merged_into FROM customer WHERE tenant_id = ? AND id = ? "
                        + "AND erased_at IS NOT NULL")
                .params(tenant(), id.value())
                .query((rs, n) -> {
                    long survivor = rs.getLong(2);
                    return new FormerCustomer(
                            rs.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                            survivor == 0 ? null : new CustomerId(survivor));
                })
                .optional();
    }

    /** The figures of a customer; all zero for one who never ordered. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public CustomerSummary summary(CustomerId id) {
        return jdbc.sql("SELECT orders, order_days, first_order_at, last_order_at, value FROM customer_summary "
                        + "WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant(), id.value())
                .query((rs, n) -> new CustomerSummary(
                        rs.getInt(1),
                        rs.getInt(2),
                        instant(rs.getObject(3, LocalDateTime.class)),
                        instant(rs.getObject(4, LocalDateTime.class)),
                        rs.getBigDecimal(5)))
                .optional()
                .orElse(CustomerSummary.EMPTY);
    }

    /** A page of a customer's orders, the latest first. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<CustomerOrder> orders(CustomerId id, long offset, int limit) {
        return jdbc.sql("SELECT id, external_id, ordered_at, status, net_value, refunded FROM customer_order "
                        + "WHERE tenant_id = ? AND customer_id = ? ORDER BY ordered_at DESC, id DESC LIMIT ? OFFSET ?")
                .params(tenant(), id.value(), limit, offset)
                .query((rs, n) -> new CustomerOrder(
                        rs.getLong(1),
                        rs.getString(2),
                        rs.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getString(4),
                        rs.getBigDecimal(5),
                        rs.getBigDecimal(6)))
                .list();
    }

    /** The lines of an order; none if it is not of this business. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<CustomerOrder.Line> lines(long order) {
        return jdbc.sql("SELECT sku, product, category, quantity, net_value FROM order_line "
                        + "WHERE tenant_id = ? AND order_id = ? ORDER BY line_no")
                .params(tenant(), order)
                .query((rs, n) -> new CustomerOrder.Line(
                        rs.getString(1), rs.getString(2), rs.getString(3), rs.getBigDecimal(4), rs.getBigDecimal(5)))
                .list();
    }

    /**
     * Changes who a customer is; their id here and creation stay. Consent and suppression follow nothing: a new address
     * is suppressed only if it is itself on the list, while withdrawn consent stays withdrawn.
     *
     * @throws CustomerNotFound if there is no such customer here
     * @throws ErasedPersonException if somebody with this address or external id was erased
     * @throws org.springframework.dao.DuplicateKeyException if another customer has this address or external id
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public void save(Customer customer) {
        if (erased.erasedAt(CurrentTenant.require(), customer.email(), customer.externalId())
                .isPresent()) {
            throw new ErasedPersonException();
        }
        Optional<Customer> before = byId(customer.id());
        int changed = jdbc.sql(
                        "UPDATE customer SET external_id = ?, email = ?, first_name = ?, last_name = ?, phone = ?,"
                                + " gender = ?, birthday = ?, city = ?, country = ?, locale = ?, zone = ?, updated_at = ?"
                                + " WHERE tenant_id = ? AND id = ? AND erased_at IS NULL")
                .param(customer.externalId())
                .param(customer.email())
                .param(customer.firstName())
                .param(customer.lastName())
                .param(customer.phone())
                .param(customer.gender())
                .param(customer.birthday())
                .param(customer.city())
                .param(customer.country())
                .param(customer.locale())
                .param(customer.zone())
                .param(LocalDateTime.now(Clock.systemUTC()))
                .param(tenant())
                .param(customer.id().value())
                .update();
        if (changed == 0) {
            throw new CustomerNotFound(customer.id());
        }
        Set<CustomerAspect> differing = before.map(customer::differingFrom).orElse(CustomerAspect.PROFILE);
        changes.note(CurrentTenant.require(), differing, List.of(customer.id().value()));
    }

    /** How many customers ordered for the first time since an instant. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public long newSince(Instant since) {
        LocalDateTime from = LocalDateTime.ofInstant(since, ZoneOffset.UTC);
        // The last order is never before the first, and has the index.
        return jdbc.sql("SELECT COUNT(*) FROM customer_summary "
                        + "WHERE tenant_id = ? AND last_order_at >= ? AND first_order_at >= ?")
                .params(tenant(), from, from)
                .query(Long.class)
                .single();
    }

    /** Whether the business has any customer at all. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public boolean any() {
        return jdbc.sql("SELECT 1 FROM customer WHERE tenant_id = ? AND erased_at IS NULL LIMIT 1")
                .param(tenant())
                .query((rs, n) -> true)
                .optional()
                .isPresent();
    }

    private Optional<Customer> byId(CustomerId id) {
        return jdbc.sql("SELECT * FROM customer WHERE tenant_id = ? AND id = ? AND erased_at IS NULL")
                .params(tenant(), id.value())
                .query(Customers::map)
                .optional();
    }

    private static Customer map(ResultSet rs, int row) throws SQLException {
        return new Customer(
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
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime utc) {
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
