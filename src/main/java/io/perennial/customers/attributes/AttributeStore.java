package io.perennial.customers.attributes;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Reads and writes values by the thousand, for imports and background jobs. Joins the caller's transaction and asks for no
 * permission and tells nobody what changed ({@code CustomerChanges}): its callers do. Customers are given by their ids, which have to be of that tenant (foreign keys refuse
 * others).
 *
 * <p><b>Merging customers</b>: the survivor keeps what it has; {@link #move} gives it what only the other had.
 */
@Component
@TenantSql("Imports and bulk actions write thousands of rows in multi-row statements; each names its tenant.")
public class AttributeStore {

    private static final int ROWS = 2_000;

    private final JdbcTemplate jdbc;

    AttributeStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The values these customers have; who has none is left out. */
    public Map<Long, AttributeValue> read(TenantId tenant, CustomerAttribute attribute, Collection<Long> customers) {
        Map<Long, AttributeValue> values = new HashMap<>();
        Map<Long, Set<Integer>> lists = new HashMap<>();
        AttributeType type = attribute.type();
        for (List<Long> part : parts(customers)) {
            jdbc.query(
                    "SELECT customer_id, " + type.column() + " FROM " + type.table()
                            + " WHERE tenant_id = ? AND attribute_id = ? AND customer_id IN (" + marks(part.size())
                            + ")",
                    rs -> {
                        long customer = rs.getLong(1);
                        switch (type) {
                            case TEXT -> values.put(customer, new AttributeValue.Text(rs.getString(2)));
                            case NUMBER -> values.put(customer, new AttributeValue.Number(rs.getBigDecimal(2)));
                            case DATE -> values.put(customer, new AttributeValue.Day(rs.getObject(2, LocalDate.class)));
                            case YES_NO -> values.put(customer, new AttributeValue.YesNo(rs.getInt(2) == 1));
                            case CHOICE, LIST ->
                                lists.computeIfAbsent(customer, id -> new LinkedHashSet<>())
                                        .add(rs.getInt(2));
                        }
                    },
                    params(tenant, attribute, part));
        }
        lists.forEach((customer, numbers) -> values.put(customer, new AttributeValue.Choices(numbers)));
        return values;
    }

    /**
     * Sets values, in place of what was there.
     *
     * @param values by customer; each one the attribute can have (see {@link AttributeText#checked})
     */
    public void write(TenantId tenant, CustomerAttribute attribute, Map<Long, AttributeValue> values) {
        if (values.isEmpty()) {
            return;
        }
        AttributeType type = attribute.type();
        boolean several = type.column().equals("choice");
        if (several) {
            clear(tenant, attribute, values.keySet());
        }
        List<Object[]> rows = new ArrayList<>(values.size());
        values.forEach((customer, value) -> {
            for (Object cell : cells(value)) {
                rows.add(new Object[] {tenant.value(), customer, attribute.id().value(), cell});
            }
        });
        String sql = "INSERT INTO " + type.table() + " (tenant_id, customer_id, attribute_id, " + type.column()
                + ") VALUES (?, ?, ?, ?)"
                + (several ? "" : " ON DUPLICATE KEY UPDATE value = VALUES(value)");
        jdbc.batchUpdate(sql, rows, ROWS, (statement, row) -> {
            for (int i = 0; i < row.length; i++) {
                statement.setObject(i + 1, row[i]);
            }
        });
    }

    /** Takes values away. */
    public void clear(TenantId tenant, CustomerAttribute attribute, Collection<Long> customers) {
        for (List<Long> part : parts(customers)) {
            jdbc.update(
                    "DELETE FROM " + attribute.type().table()
                            + " WHERE tenant_id = ? AND attribute_id = ? AND customer_id IN (" + marks(part.size())
                            + ")",
                    params(tenant, attribute, part));
        }
    }

    /** Gives one customer the values that only the other has, for a merge; lists are not put together. */
    public void move(TenantId tenant, long from, long to) {
        for (AttributeType type :
                List.of(AttributeType.TEXT, AttributeType.NUMBER, AttributeType.DATE, AttributeType.CHOICE)) {
            jdbc.update(
                    "INSERT INTO " + type.table() + " (tenant_id, customer_id, attribute_id, " + type.column()
                            + ") SELECT f.tenant_id, ?, f.attribute_id, f." + type.column() + " FROM " + type.table()
                            + " f LEFT JOIN " + type.table() + " t ON t.tenant_id = f.tenant_id AND t.customer_id = ? "
                            + "AND t.attribute_id = f.attribute_id WHERE f.tenant_id = ? AND f.customer_id = ? "
                            + "AND t.customer_id IS NULL",
                    to,
                    to,
                    tenant.value(),
                    from);
        }
    }

    private static List<?> cells(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> List.of(text.text());
            case AttributeValue.Number number -> List.<BigDecimal>of(number.number());
            case AttributeValue.Day day -> List.of(day.day());
            case AttributeValue.YesNo answer -> List.of(answer.yes() ? 1 : 0);
            case AttributeValue.Choices chosen -> List.copyOf(chosen.numbers());
        };
    }

    private static List<List<Long>> parts(Collection<Long> customers) {
        List<Long> all = List.copyOf(customers);
        List<List<Long>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += ROWS) {
            parts.add(all.subList(from, Math.min(from + ROWS, all.size())));
        }
        return parts;
    }

    private static String marks(int count) {
        return String.join(",", Collections.nCopies(count, "?"));
    }

    private static @Nullable Object[] params(TenantId tenant, CustomerAttribute attribute, List<Long> customers) {
        List<Object> params = new ArrayList<>(customers.size() + 2);
        params.add(tenant.value());
        params.add(attribute.id().value());
        params.addAll(customers);
        return params.toArray();
    }
}
