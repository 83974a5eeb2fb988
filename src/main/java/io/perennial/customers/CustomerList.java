package io.perennial.customers;

import io.perennial.accounts.Businesses;
import io.perennial.customers.imports.SafeCsv;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lists, counts and exports customers. */
@Service
@TenantSql("Joins the summary and pages by an index; nothing here is changed.")
public class CustomerList {

    /** Counts go no further; "more than 10,000" is all a person needs. */
    public static final int COUNT_LIMIT = 10_000;

    private static final String COLUMNS = "c.id, c.first_name, c.last_name, c.email, c.external_id, c.city, "
            + "COALESCE(s.orders, 0) AS orders, COALESCE(s.value, 0) AS value, s.last_order_at, "
            + MailableCustomers.suppressed("c") + " AS suppressed ";
    /** Straight, so that a list sorted by the summary walks its index and stops after one page. */
    private static final String BY_SUMMARY =
            "FROM customer_summary s STRAIGHT_JOIN customer c ON c.tenant_id = s.tenant_id AND c.id = s.customer_id ";

    private static final String BY_CUSTOMER =
            "FROM customer c LEFT JOIN customer_summary s ON s.tenant_id = c.tenant_id AND s.customer_id = c.id ";
    private static final int EXPORT_PAGE = 2_000;

    private final JdbcClient jdbc;
    private final Businesses businesses;

    CustomerList(JdbcClient jdbc, Businesses businesses) {
        this.jdbc = jdbc;
        this.businesses = businesses;
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
        SqlFragment where = CustomerListSql.where(CurrentTenant.require(), query);
        return jdbc.sql("SELECT COUNT(*) FROM (SELECT 1 " + BY_CUSTOMER + "WHERE " + where.sql() + " LIMIT "
                        + (COUNT_LIMIT + 1) + ") some")
                .params(where.params())
                .query(Integer.class)
                .single();
    }

    /** The tags in use, by name. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<String> tags() {
        return jdbc.sql("SELECT DISTINCT tag FROM customer_tag WHERE tenant_id = ? ORDER BY tag LIMIT 200")
                .param(CurrentTenant.require().value())
                .query((rs, n) -> rs.getString(1))
                .list();
    }

    /** Cities that begin so, at most 20. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<String> cities(String prefix) {
        return jdbc.sql("SELECT DISTINCT city FROM customer WHERE tenant_id = ? AND city LIKE ? ORDER BY city LIMIT 20")
                .params(CurrentTenant.require().value(), prefix.replace("%", "").replace("_", "\\_") + "%")
                .query((rs, n) -> rs.getString(1))
                .list();
    }

    /**
     * Writes the customers of a query as CSV that is safe to open in a spreadsheet, page by page.
     *
     * @param out stays open
     */
    @PreAuthorize("hasAuthority('customer:export')")
    public void export(CustomerQuery query, OutputStream out) {
        TenantId tenant = CurrentTenant.require();
        ZoneId zone = businesses.current().zone();
        StringBuilder text = new StringBuilder(SafeCsv.BYTE_ORDER_MARK);
        SafeCsv.row(
                text,
                ',',
                List.of(
                        "customer id",
                        "email",
                        "first name",
                        "last name",
                        "phone",
                        "city",
                        "country",
                        "orders",
                        "value",
                        "last order",
                        "suppressed"));
        long after = 0;
        while (true) {
            List<ExportRow> rows = exportPage(tenant, query, after);
            for (ExportRow row : rows) {
                SafeCsv.row(text, ',', row.cells(zone));
            }
            try {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (rows.size() < EXPORT_PAGE) {
                return;
            }
            text.setLength(0);
            after = rows.getLast().id();
        }
    }

    private List<CustomerListItem> page(TenantId tenant, CustomerQuery query, long offset, int limit) {
        SqlFragment where = CustomerListSql.where(tenant, query);
        boolean walk = query.sort() != CustomerQuery.Sort.NAME && query.text() == null;
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

    /** By id and from where the last page ended, so that a long export neither repeats nor slows down. */
    private List<ExportRow> exportPage(TenantId tenant, CustomerQuery query, long after) {
        SqlFragment where = CustomerListSql.where(tenant, query);
        return jdbc.sql("SELECT c.id, c.external_id, c.email, c.first_name, c.last_name, c.phone, c.city, c.country, "
                        + "COALESCE(s.orders, 0), COALESCE(s.value, 0), s.last_order_at, "
                        + MailableCustomers.suppressed("c")
                        + " " + BY_CUSTOMER + "WHERE " + where.sql() + " AND c.id > ? ORDER BY c.id LIMIT "
                        + EXPORT_PAGE)
                .params(where.params())
                .param(after)
                .query((rs, n) -> new ExportRow(
                        rs.getLong(1),
                        texts(rs, 2, 8),
                        rs.getInt(9),
                        rs.getBigDecimal(10).stripTrailingZeros().toPlainString(),
                        rs.getObject(11, LocalDateTime.class),
                        rs.getBoolean(12)))
                .list();
    }

    private static List<String> texts(ResultSet rs, int from, int to) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            String text = rs.getString(i);
            texts.add(text == null ? "" : text);
        }
        return texts;
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

    private record ExportRow(
            long id,
            List<String> texts,
            int orders,
            String value,
            @Nullable LocalDateTime lastOrder,
            boolean suppressed) {

        List<String> cells(ZoneId zone) {
            List<String> cells = new ArrayList<>(texts);
            cells.add(Integer.toString(orders));
            cells.add(value);
            cells.add(
                    lastOrder == null
                            ? ""
                            : lastOrder
                                    .atZone(ZoneOffset.UTC)
                                    .withZoneSameInstant(zone)
                                    .toLocalDate()
                                    .toString());
            cells.add(suppressed ? "yes" : "no");
            return cells;
        }
    }
}
