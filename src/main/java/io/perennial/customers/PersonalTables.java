package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSetMetaData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Everything that all features keep about one customer of the current tenant. */
@Component
@TenantSql("Made from the tables that features name; every statement names the current tenant.")
class PersonalTables {

    private final JdbcClient jdbc;
    private final ObjectProvider<PersonalData> features;

    PersonalTables(JdbcClient jdbc, ObjectProvider<PersonalData> features) {
        this.jdbc = jdbc;
        this.features = features;
    }

    List<PersonalTable> all() {
        return features.orderedStream()
                .flatMap(feature -> feature.tables().stream())
                .toList();
    }

    /** The customers who were merged into these, by the id of the survivor: what is left with them is about the same person. */
    Map<Long, List<Person>> mergedInto(Collection<CustomerId> customers) {
        Map<Long, List<Person>> merged = new HashMap<>();
        jdbc.sql("SELECT id, email, external_id, first_name, last_name, phone, merged_into FROM customer "
                        + "WHERE tenant_id = ? AND merged_into IN (" + marks(customers) + ")")
                .param(tenant())
                .params(ids(customers))
                .query(rs -> {
                    merged.computeIfAbsent(rs.getLong(7), survivor -> new ArrayList<>())
                            .add(new Person(
                                    new CustomerId(rs.getLong(1)),
                                    rs.getString(2),
                                    rs.getString(3),
                                    rs.getString(4),
                                    rs.getString(5),
                                    rs.getString(6)));
                });
        return merged;
    }

    SortedMap<String, Long> count(CustomerId customer) {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (PersonalTable table : all()) {
            long rows = jdbc.sql("SELECT COUNT(*) FROM " + table.name() + where(table))
                    .params(tenant(), customer.value())
                    .query(Long.class)
                    .single();
            counts.put(table.name(), rows);
        }
        return counts;
    }

    /** Deletes and overwrites: a count and a statement for each table, however many they are. */
    ErasedRows erase(List<Person> people) {
        ErasedRows rows = new ErasedRows(people);
        List<CustomerId> ids = people.stream().map(Person::id).toList();
        for (PersonalTable table : all()) {
            if (table.fate() != PersonalTable.Fate.KEPT) {
                erase(table, ids, rows);
            }
        }
        features.orderedStream().forEach(feature -> feature.eraseTraces(people, rows));
        return rows;
    }

    private void erase(PersonalTable table, List<CustomerId> customers, ErasedRows rows) {
        String where = " WHERE tenant_id = ? AND " + table.customer() + " IN (" + marks(customers) + ")";
        rows.looked(table.name());
        int[] found = {0};
        jdbc.sql("SELECT " + table.customer() + ", COUNT(*) FROM " + table.name() + where + " GROUP BY "
                        + table.customer())
                .param(tenant())
                .params(ids(customers))
                .query(rs -> {
                    found[0]++;
                    rows.add(rs.getLong(1), table.name(), rs.getLong(2));
                });
        if (found[0] > 0) {
            String what = table.fate() == PersonalTable.Fate.DELETED
                    ? "DELETE FROM " + table.name()
                    : "UPDATE " + table.name() + " SET "
                            + table.blanks().entrySet().stream()
                                    .map(blank -> blank.getKey() + " = " + blank.getValue())
                                    .collect(Collectors.joining(", "));
            jdbc.sql(what + where).param(tenant()).params(ids(customers)).update();
        }
    }

    /** All rows about a customer and those merged into them, by table, each as its columns without the tenant. */
    Map<String, List<Map<String, Object>>> rows(CustomerId customer) {
        PersonalTable own = new PersonalTable("customer", "id", PersonalTable.Fate.KEPT, Map.of(), null, null, false);
        List<CustomerId> all = new ArrayList<>(List.of(customer));
        mergedInto(all).values().forEach(merged -> merged.forEach(person -> all.add(person.id())));
        Map<String, List<Map<String, Object>>> found = new LinkedHashMap<>();
        found.put("customer", rowsOf(own, all));
        features.orderedStream()
                .forEach(feature -> feature.tables()
                        .forEach(table -> found.put(
                                table.name(),
                                rowsOf(table, all).stream()
                                        .map(row -> feature.told(table.name(), row))
                                        .toList())));
        return found;
    }

    private List<Map<String, Object>> rowsOf(PersonalTable table, List<CustomerId> customers) {
        return customers.stream().flatMap(one -> rows(table, one).stream()).toList();
    }

    private List<Map<String, Object>> rows(PersonalTable table, CustomerId customer) {
        return new ArrayList<>(jdbc.sql("SELECT * FROM " + table.name() + where(table))
                .params(tenant(), customer.value())
                .query((rs, n) -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    ResultSetMetaData columns = rs.getMetaData();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        String name = columns.getColumnLabel(i);
                        Object value = rs.getObject(i);
                        if (value != null && !name.equals("tenant_id") && !(value instanceof byte[])) {
                            row.put(
                                    name,
                                    value instanceof Number || value instanceof Boolean ? value : value.toString());
                        }
                    }
                    return row;
                })
                .list());
    }

    private static String where(PersonalTable table) {
        return " WHERE " + table.isOf(table.name());
    }

    private static String marks(Collection<?> of) {
        return String.join(", ", Collections.nCopies(of.size(), "?"));
    }

    private static List<Object> ids(Collection<CustomerId> customers) {
        return customers.stream().<Object>map(CustomerId::value).toList();
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
