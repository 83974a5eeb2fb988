package io.perennial.customers.imports;

import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads and writes the values of several attributes by the thousand, within a chunk's transaction. */
@Component
@TenantSql("Imports write tens of thousands of values a second, in multi-row statements; each names its tenant.")
class AttributeValues {

    /** Longer lists make the optimiser give up on ranges. */
    private static final int STEP = 5_000;

    private final JdbcTemplate jdbc;
    private final BulkInsert insert;
    private final CustomerChanges noted;

    AttributeValues(JdbcTemplate jdbc, BulkInsert insert, CustomerChanges noted) {
        this.jdbc = jdbc;
        this.insert = insert;
        this.noted = noted;
    }

    /** A value that is to take the place of another; nothing stands for none. */
    record Change(
            long customer,
            CustomerAttribute attribute,
            @Nullable AttributeValue before,
            @Nullable AttributeValue after) {

        Journal.ChangedAttribute forJournal() {
            return new Journal.ChangedAttribute(customer, attribute.id().value(), text(before), text(after));
        }
    }

    /** The values these customers have, by customer and attribute. */
    Map<Long, Map<Long, AttributeValue>> read(
            TenantId tenant, Collection<CustomerAttribute> attributes, Collection<Long> customers) {
        Map<Long, Map<Long, AttributeValue>> values = new HashMap<>();
        Map<String, List<CustomerAttribute>> tables =
                attributes.stream().collect(Collectors.groupingBy(a -> a.type().table()));
        tables.forEach((table, some) -> {
            Map<Long, CustomerAttribute> byId = some.stream().collect(Collectors.toMap(a -> a.id().value(), a -> a));
            String column = some.getFirst().type().column();
            // The sum keeps the attributes out of the ranges, which would multiply with them.
            Sql.steps(
                    customers,
                    STEP,
                    ids -> jdbc.query(
                            "SELECT customer_id, attribute_id, " + column + " FROM " + table
                                    + " WHERE tenant_id = ? AND customer_id IN " + Sql.list(ids)
                                    + " AND attribute_id + 0 IN " + Sql.list(byId.keySet()),
                            rs -> {
                                CustomerAttribute attribute = byId.get(rs.getLong(2));
                                if (attribute == null) {
                                    return;
                                }
                                AttributeValue value = switch (attribute.type()) {
                                    case TEXT -> new AttributeValue.Text(rs.getString(3));
                                    case NUMBER -> new AttributeValue.Number(rs.getBigDecimal(3));
                                    case DATE -> new AttributeValue.Day(rs.getObject(3, LocalDate.class));
                                    case YES_NO -> new AttributeValue.YesNo(rs.getInt(3) == 1);
                                    case CHOICE, LIST -> AttributeValue.Choices.of(rs.getInt(3));
                                };
                                values.computeIfAbsent(rs.getLong(1), id -> new HashMap<>())
                                        .merge(rs.getLong(2), value, AttributeValues::together);
                            },
                            tenant.value()));
        });
        return values;
    }

    private static AttributeValue together(AttributeValue one, AttributeValue other) {
        return one instanceof AttributeValue.Choices some && other instanceof AttributeValue.Choices more
                ? new AttributeValue.Choices(Stream.concat(some.numbers().stream(), more.numbers().stream())
                        .collect(Collectors.toSet()))
                : other;
    }

    /**
     * Of these customers, those who were not erased meanwhile and now cannot be before the transaction ends.
     *
     * @param now when they were changed last from now on
     */
    Set<Long> touch(TenantId tenant, Collection<Long> customers, LocalDateTime now) {
        Set<Long> here = new HashSet<>();
        Sql.steps(customers, STEP, ids -> {
            String which = " WHERE tenant_id = ? AND erased_at IS NULL AND id IN " + Sql.list(ids);
            int touched = jdbc.update("UPDATE customer SET updated_at = ?" + which, now, tenant.value());
            here.addAll(
                    touched == ids.size()
                            ? ids
                            : jdbc.queryForList("SELECT id FROM customer" + which, Long.class, tenant.value()));
        });
        return here;
    }

    /**
     * Writes values; what was there before is taken away first.
     *
     * @param changes with at most one for a customer and attribute
     */
    void write(TenantId tenant, Collection<Change> changes) {
        Map<Long, List<Change>> former = changes.stream()
                .filter(change -> change.before() != null)
                .collect(Collectors.groupingBy(change -> change.attribute().id().value()));
        former.forEach((attribute, some) -> Sql.steps(
                some.stream().map(Change::customer).toList(),
                STEP,
                ids -> jdbc.update(
                        "DELETE FROM " + some.getFirst().attribute().type().table()
                                + " WHERE tenant_id = ? AND attribute_id = ? AND customer_id IN " + Sql.list(ids),
                        tenant.value(),
                        attribute)));
        Map<String, List<Change>> tables = changes.stream()
                .filter(change -> change.after() != null)
                .collect(Collectors.groupingBy(
                        change -> change.attribute().type().table()));
        tables.forEach((table, some) -> insert.into(
                table,
                "tenant_id, customer_id, attribute_id, "
                        + some.getFirst().attribute().type().column(),
                rows(tenant, some)));
        if (!changes.isEmpty()) {
            noted.note(
                    tenant,
                    Set.of(CustomerAspect.ATTRIBUTES),
                    changes.stream().map(Change::customer).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    /** In the order of the clustered key. */
    private static List<@Nullable Object[]> rows(TenantId tenant, List<Change> changes) {
        List<Change> ordered = new ArrayList<>(changes);
        ordered.sort(Comparator.comparingLong(Change::customer)
                .thenComparingLong(change -> change.attribute().id().value()));
        List<@Nullable Object[]> rows = new ArrayList<>(ordered.size());
        for (Change change : ordered) {
            AttributeValue value = change.after();
            if (value != null) {
                for (Object cell : cells(value)) {
                    rows.add(new @Nullable Object[] {
                        tenant.value(),
                        change.customer(),
                        change.attribute().id().value(),
                        cell
                    });
                }
            }
        }
        return rows;
    }

    private static List<?> cells(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> List.of(text.text());
            case AttributeValue.Number number -> List.<BigDecimal>of(number.number());
            case AttributeValue.Day day -> List.of(day.day());
            case AttributeValue.YesNo answer -> List.of(answer.yes() ? 1 : 0);
            case AttributeValue.Choices chosen -> List.copyOf(new TreeSet<>(chosen.numbers()));
        };
    }

    /** A value as journals keep it: choices by their numbers, since names change. */
    static @Nullable String text(@Nullable AttributeValue value) {
        return value == null
                ? null
                : cells(value).stream()
                        .map(cell -> cell instanceof BigDecimal number ? number.toPlainString() : cell.toString())
                        .collect(Collectors.joining(","));
    }

    /** What {@link #text} wrote down. */
    static @Nullable AttributeValue value(AttributeType type, @Nullable String text) {
        return text == null
                ? null
                : switch (type) {
                    case TEXT -> new AttributeValue.Text(text);
                    case NUMBER -> new AttributeValue.Number(new BigDecimal(text));
                    case DATE -> new AttributeValue.Day(LocalDate.parse(text));
                    case YES_NO -> new AttributeValue.YesNo(text.equals("1"));
                    case CHOICE, LIST ->
                        new AttributeValue.Choices(
                                Stream.of(text.split(",")).map(Integer::valueOf).collect(Collectors.toSet()));
                };
    }
}
