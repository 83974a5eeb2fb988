package io.perennial.customers.exports;

import io.perennial.customers.MailableCustomers;
import io.perennial.customers.attributes.AttributeText;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Customers as rows. A thousand at a time get their tags and attributes, by the clustered keys of those tables. */
@Component
@TenantSql("Customers as a cursor, their tags and attributes in pieces; each statement names the tenant.")
class CustomerRows {

    private static final int PIECE = 1_000;
    private static final String COLUMNS = "c.id, c.external_id, c.email, c.first_name, c.last_name, c.phone, c.city, "
            + "c.country, COALESCE(s.orders, 0), COALESCE(s.value, 0), s.last_order_at, "
            + MailableCustomers.suppressed("c") + ", c.gender, c.birthday, c.locale, c.zone, c.created_at";
    private static final List<String> HEADER = List.of(
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
            "suppressed",
            "gender",
            "birthday",
            "language",
            "time zone",
            "added",
            "tags");

    private final ExportRows rows;
    private final JdbcTemplate jdbc;
    private final CustomerAttributes attributes;

    CustomerRows(ExportRows rows, JdbcTemplate jdbc, CustomerAttributes attributes) {
        this.rows = rows;
        this.jdbc = jdbc;
        this.attributes = attributes;
    }

    long write(TenantId tenant, SqlFragment ids, List<String> keys, ZoneId zone, Table table) {
        List<CustomerAttribute> wanted = attributes.list().stream()
                .filter(attribute -> keys.contains(attribute.key()))
                .toList();
        List<String> header = new ArrayList<>(HEADER);
        wanted.forEach(attribute -> header.add(attribute.name()));
        table.row(header);
        Map<Long, List<@Nullable Object>> piece = new LinkedHashMap<>();
        long[] written = {0};
        List<Object> params = new ArrayList<>();
        params.add(tenant.value());
        params.addAll(ids.params());
        rows.each(
                new SqlFragment(
                        "SELECT " + COLUMNS + " FROM customer c LEFT JOIN customer_summary s "
                                + "ON s.tenant_id = c.tenant_id AND s.customer_id = c.id "
                                + "WHERE c.tenant_id = ? AND c.erased_at IS NULL AND c.id IN (" + ids.sql() + ")",
                        params),
                rs -> {
                    piece.put(rs.getLong(1), cells(rs, zone));
                    if (piece.size() == PIECE) {
                        written[0] += flush(tenant, piece, wanted, table);
                    }
                });
        return written[0] + flush(tenant, piece, wanted, table);
    }

    private int flush(
            TenantId tenant, Map<Long, List<@Nullable Object>> piece, List<CustomerAttribute> wanted, Table table) {
        if (piece.isEmpty()) {
            return 0;
        }
        Map<Long, String> tags = tags(tenant, piece);
        List<Map<Long, AttributeValue>> values = wanted.stream()
                .map(attribute -> attributes.of(attribute, piece.keySet()))
                .toList();
        piece.forEach((customer, cells) -> {
            cells.add(tags.get(customer));
            for (int i = 0; i < wanted.size(); i++) {
                AttributeValue value = values.get(i).get(customer);
                cells.add(value == null ? null : cell(wanted.get(i), value));
            }
            table.row(cells);
        });
        int size = piece.size();
        piece.clear();
        return size;
    }

    private Map<Long, String> tags(TenantId tenant, Map<Long, ?> piece) {
        List<Object> params = new ArrayList<>(piece.size() + 1);
        params.add(tenant.value());
        params.addAll(piece.keySet());
        Map<Long, String> tags = new HashMap<>();
        jdbc.query(
                "SELECT customer_id, tag FROM customer_tag WHERE tenant_id = ? AND customer_id IN ("
                        + String.join(",", Collections.nCopies(piece.size(), "?")) + ") ORDER BY customer_id, tag",
                rs -> {
                    tags.merge(rs.getLong(1), rs.getString(2), (one, other) -> one + ", " + other);
                },
                params.toArray());
        return tags;
    }

    private static Object cell(CustomerAttribute attribute, AttributeValue value) {
        return switch (value) {
            case AttributeValue.Number number -> number.number();
            case AttributeValue.Day day -> day.day();
            default -> AttributeText.write(attribute, value);
        };
    }

    private static List<@Nullable Object> cells(ResultSet rs, ZoneId zone) throws SQLException {
        List<@Nullable Object> cells = new ArrayList<>(24);
        for (int i = 2; i <= 8; i++) {
            cells.add(rs.getString(i));
        }
        cells.add(rs.getInt(9));
        cells.add(rs.getBigDecimal(10));
        cells.add(day(rs.getObject(11, LocalDateTime.class), zone));
        cells.add(rs.getBoolean(12) ? "yes" : "no");
        cells.add(rs.getString(13));
        cells.add(rs.getObject(14, LocalDate.class));
        cells.add(rs.getString(15));
        cells.add(rs.getString(16));
        cells.add(day(rs.getObject(17, LocalDateTime.class), zone));
        return cells;
    }

    private static @Nullable LocalDate day(@Nullable LocalDateTime utc, ZoneId zone) {
        return utc == null
                ? null
                : utc.atZone(ZoneOffset.UTC).withZoneSameInstant(zone).toLocalDate();
    }
}
