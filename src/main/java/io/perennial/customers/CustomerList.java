package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lists and counts customers. */
@Service
@TenantSql("Joins the summary and pages by an index; nothing here is changed.")
public class CustomerList {

    /** Counts go no further; "more than 10,000" is all a person needs. */
    public static final int COUNT_LIMIT = 10_000;

    /** Tags on one page. */
    public static final int TAGS_SHOWN = 500;

    /** Up to so many, the customers of a city or with a tag are read and sorted; more are met soon by walking. */
    private static final int FEW = 5_000;

    /** From which row on a page of everybody is found by keys first. */
    private static final long DEEP = 500;

    private static final String COLUMNS = "c.id, c.first_name, c.last_name, c.email, c.external_id, c.city, "
            + "COALESCE(s.orders, 0) AS orders, COALESCE(s.value, 0) AS value, s.last_order_at, "
            + MailableCustomers.suppressed("c") + " AS suppressed ";
    /** Straight, so that a list sorted by the summary walks its index and stops after one page. */
    private static final String BY_SUMMARY =
            "FROM customer_summary s STRAIGHT_JOIN customer c ON c.tenant_id = s.tenant_id AND c.id = s.customer_id ";

    private static final String BY_CUSTOMER =
            "FROM customer c LEFT JOIN customer_summary s ON s.tenant_id = c.tenant_id AND s.customer_id = c.id ";

    private final JdbcClient jdbc;

    CustomerList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A page of customers. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<CustomerListItem> list(CustomerQuery query, long offset, int limit) {
        return page(CurrentTenant.require(), query, offset, limit);
    }

    /** How many there are, at most {@link #COUNT_LIMIT} + 1. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public int count(CustomerQuery query) {
        if (CustomerListSql.asksOnlyWhoCannotBeMailed(query)) {
            SqlFragment ids = CustomerListSql.notMailable(CurrentTenant.require(), COUNT_LIMIT + 1);
            return jdbc.sql("SELECT COUNT(*) FROM (" + ids.sql() + ") some")
                    .params(ids.params())
                    .query(Integer.class)
                    .single();
        }
        SqlFragment where = CustomerListSql.where(CurrentTenant.require(), query);
        String from = CustomerListSql.readsSummary(query) ? BY_CUSTOMER : "FROM customer c ";
        return jdbc.sql("SELECT COUNT(*) FROM (SELECT 1 " + from + "WHERE " + where.sql() + " LIMIT "
                        + (COUNT_LIMIT + 1) + ") some")
                .params(where.params())
                .query(Integer.class)
                .single();
    }

    /** The tags in use with how many have them, by name, at most {@link #TAGS_SHOWN}. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<TagCount> tagCounts() {
        return jdbc.sql("SELECT tag, COUNT(*) FROM customer_tag WHERE tenant_id = ? GROUP BY tag ORDER BY tag LIMIT ?")
                .params(CurrentTenant.require().value(), TAGS_SHOWN)
                .query((rs, n) -> new TagCount(rs.getString(1), rs.getLong(2)))
                .list();
    }

    /** The tags in use, by name. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<String> tags() {
        return skipThrough("customer_tag FORCE INDEX (ix_customer_tag_tag)", "tag", "", 200);
    }

    /** Cities that begin so, at most 20. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<String> cities(String prefix) {
        return skipThrough("customer FORCE INDEX (ix_customer_city)", "city", prefix, 20);
    }

    /**
     * The next value behind the last one, one by one: a look into the index each. DISTINCT would read every row (2 s for the
     * tags of a million customers).
     */
    private List<String> skipThrough(String table, String column, String beginning, int most) {
        String like = beginning.replace("%", "").replace("_", "\\_") + "%";
        String sql = "SELECT " + column + " FROM " + table + " WHERE tenant_id = ? AND " + column + " > ?"
                + (beginning.isEmpty() ? "" : " AND " + column + " LIKE ?") + " ORDER BY " + column + " LIMIT 1";
        List<String> found = new ArrayList<>();
        while (found.size() < most) {
            String last = found.isEmpty() ? "" : found.getLast();
            List<Object> params =
                    new ArrayList<>(List.of(CurrentTenant.require().value(), last));
            if (!beginning.isEmpty()) {
                params.add(like);
            }
            Optional<String> next =
                    jdbc.sql(sql).params(params).query(String.class).optional();
            if (next.isEmpty()) {
                break;
            }
            found.add(next.get());
        }
        return found;
    }

    /** The query of the ids of the selected customers, for embedding: one column, each once, in no order. */
    @PreAuthorize("hasAuthority('customer:read')")
    public SqlFragment matching(CustomerSelection selection) {
        TenantId tenant = CurrentTenant.require();
        CustomerQuery query = selection.query();
        if (query != null) {
            SqlFragment where = CustomerListSql.where(tenant, query);
            String from = CustomerListSql.readsSummary(query) ? BY_CUSTOMER : "FROM customer c ";
            return new SqlFragment("SELECT c.id " + from + "WHERE " + where.sql(), where.params());
        }
        List<Object> params = new ArrayList<>(selection.customers().size() + 1);
        params.add(tenant.value());
        params.addAll(selection.customers());
        return new SqlFragment(
                "SELECT c.id FROM customer c WHERE c.tenant_id = ? AND c.erased_at IS NULL AND c.id IN ("
                        + String.join(
                                ",", Collections.nCopies(selection.customers().size(), "?"))
                        + ")",
                params);
    }

    /** How many customers are selected, exactly. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public long exactCount(CustomerSelection selection) {
        SqlFragment ids = matching(selection);
        return jdbc.sql("SELECT COUNT(*) FROM (" + ids.sql() + ") selected")
                .params(ids.params())
                .query(Long.class)
                .single();
    }

    private List<CustomerListItem> page(TenantId tenant, CustomerQuery query, long offset, int limit) {
        if (offset >= DEEP && query.isUnfiltered()) {
            return pageByKeys(tenant, query, offset, limit);
        }
        boolean few = hasFew(tenant, query);
        SqlFragment where = few ? CustomerListSql.where(tenant, query) : CustomerListSql.whereWalking(tenant, query);
        boolean walk = query.sort() != CustomerQuery.Sort.NAME && query.text() == null && !few;
        // Named on the driving table too: there the index begins with it.
        String own = walk ? "s.tenant_id = " + tenant.value() + " AND " : "";
        return jdbc.sql("SELECT " + COLUMNS + (walk ? BY_SUMMARY : BY_CUSTOMER) + "WHERE " + own + where.sql()
                        + " ORDER BY " + CustomerListSql.orderBy(query) + " LIMIT ? OFFSET ?")
                .params(where.params())
                .param(limit)
                .param(offset)
                .query(CustomerList::item)
                .list();
    }

    /** The keys of the page first, from the index alone: what is passed over is not looked up. */
    List<CustomerListItem> pageByKeys(TenantId tenant, CustomerQuery query, long offset, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + "FROM (" + CustomerListSql.keys(query) + ") k "
                        + "STRAIGHT_JOIN customer c ON c.tenant_id = ? AND c.id = k.id "
                        + "LEFT JOIN customer_summary s ON s.tenant_id = c.tenant_id AND s.customer_id = c.id ORDER BY "
                        + CustomerListSql.orderBy(query))
                .params(tenant.value(), tenant.value(), limit, offset, tenant.value())
                .query(CustomerList::item)
                .list();
    }

    /** Whether a filter leaves so few that walking along an order would pass over everybody before it finds them. */
    private boolean hasFew(TenantId tenant, CustomerQuery query) {
        return (query.city() != null && isFew("customer", "city", tenant, query.city()))
                || (query.tag() != null && isFew("customer_tag", "tag", tenant, query.tag()));
    }

    private boolean isFew(String table, String column, TenantId tenant, String value) {
        return jdbc.sql("SELECT COUNT(*) FROM (SELECT 1 FROM " + table + " WHERE tenant_id = ? AND " + column
                                + " = ? LIMIT " + (FEW + 1) + ") some")
                        .params(tenant.value(), value)
                        .query(Integer.class)
                        .single()
                <= FEW;
    }

    private static CustomerListItem item(ResultSet rs, int row) throws SQLException {
        LocalDateTime last = rs.getObject("last_order_at", LocalDateTime.class);
        String first = rs.getString("first_name");
        String family = rs.getString("last_name");
        String name = ((first == null ? "" : first) + " " + (family == null ? "" : family)).strip();
        String email = rs.getString("email");
        String externalId = rs.getString("external_id");
        CustomerId id = new CustomerId(rs.getLong("id"));
        return new CustomerListItem(
                id,
                !name.isEmpty() ? name : email != null ? email : externalId != null ? externalId : id.toString(),
                email,
                externalId,
                rs.getString("city"),
                rs.getBoolean("suppressed"),
                rs.getInt("orders"),
                rs.getBigDecimal("value"),
                last == null ? null : last.toInstant(ZoneOffset.UTC));
    }
}
