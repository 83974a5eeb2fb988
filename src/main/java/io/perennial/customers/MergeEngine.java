package io.perennial.customers;

import io.perennial.customers.MergeRule.Way;
import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Moves the rows of one table from a customer to another by the table's rule, and back again. */
@Component
@TenantSql("Made from the tables and rules that features name; every statement names the current tenant.")
class MergeEngine {

    private static final int STEP = 500;

    private final JdbcClient jdbc;

    MergeEngine(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static MergeRule ruleOf(PersonalTable table) {
        MergeRule rule = table.merging();
        if (rule == null) {
            throw new IllegalStateException(
                    "Nobody said what becomes of " + table.name() + " when customers are merged");
        }
        return rule;
    }

    /** How many rows would move; those that would stay are the second number. */
    long[] count(PersonalTable table, CustomerId survivor, CustomerId merged) {
        MergeRule rule = ruleOf(table);
        if (rule.way() == Way.RECOMPUTED) {
            return new long[] {0, 0};
        }
        long all = jdbc.sql("SELECT COUNT(*) FROM " + table.name() + " m WHERE " + table.isOf("m"))
                .params(tenant(), merged.value())
                .query(Long.class)
                .single();
        long moving = jdbc.sql("SELECT COUNT(*) FROM " + table.name() + " m WHERE " + movable(table, rule))
                .params(params(rule, survivor, merged))
                .query(Long.class)
                .single();
        return new long[] {moving, all - moving};
    }

    /** Moves what moves; gives the columns that tell the rows apart. */
    List<List<String>> move(PersonalTable table, CustomerId survivor, CustomerId merged) {
        MergeRule rule = ruleOf(table);
        if (rule.way() == Way.RECOMPUTED) {
            return List.of();
        }
        String columns = rule.row().isEmpty() ? "1" : String.join(", ", rule.row());
        int width = Math.max(1, rule.row().size());
        List<List<String>> keys = jdbc.sql("SELECT " + columns + " FROM " + table.name() + " m WHERE "
                        + movable(table, rule) + " FOR UPDATE")
                .params(params(rule, survivor, merged))
                .query((rs, n) -> {
                    List<String> key = new ArrayList<>(width);
                    for (int i = 1; i <= width; i++) {
                        key.add(rs.getString(i));
                    }
                    return key;
                })
                .list();
        reassign(table, rule, keys, merged, survivor);
        return keys;
    }

    /** Makes rows another's, those that are still there; gives how many that were. */
    int reassign(PersonalTable table, List<List<String>> keys, CustomerId from, CustomerId to) {
        return reassign(table, ruleOf(table), keys, from, to);
    }

    private int reassign(PersonalTable table, MergeRule rule, List<List<String>> keys, CustomerId from, CustomerId to) {
        int changed = 0;
        for (int at = 0; at < keys.size(); at += STEP) {
            List<List<String>> some = keys.subList(at, Math.min(keys.size(), at + STEP));
            var statement = jdbc.sql("UPDATE " + table.name() + " SET " + table.customer()
                            + " = ? WHERE tenant_id = ? AND " + table.customer() + " = ?" + among(rule, some.size()))
                    .params(to.value(), tenant(), from.value());
            if (rule.row().size() > 1) {
                statement = statement.params(some.stream().map(List::getFirst).toList());
            }
            changed += (rule.row().isEmpty()
                            ? statement
                            : statement.params(
                                    some.stream().flatMap(List::stream).toList()))
                    .update();
        }
        return changed;
    }

    /** Rows by the columns that tell them apart; by the first alone as well, as MariaDB looks for no pairs by key. */
    private static String among(MergeRule rule, int keys) {
        List<String> row = rule.row();
        if (row.isEmpty()) {
            return "";
        }
        String each = "(" + String.join(", ", Collections.nCopies(row.size(), "?")) + ")";
        String first = row.size() == 1
                ? ""
                : " AND " + row.getFirst() + " IN (" + String.join(", ", Collections.nCopies(keys, "?")) + ")";
        return first + " AND (" + String.join(", ", row) + ") IN (" + String.join(", ", Collections.nCopies(keys, each))
                + ")";
    }

    /** Where both have a row and the merged one's is stricter, the survivor's takes its values; before moving the others. */
    List<MergeUndo.Replaced> tighten(PersonalTable table, CustomerId survivor, CustomerId merged) {
        MergeRule rule = ruleOf(table);
        if (rule.way() != Way.STRICTER) {
            return List.of();
        }
        String pairs = " FROM " + table.name() + " s JOIN " + table.name() + " m ON m.tenant_id = s.tenant_id"
                + rule.oneOf().stream().map(c -> " AND m." + c + " = s." + c).collect(Collectors.joining())
                + " WHERE s.tenant_id = ? AND s." + table.customer() + " = ? AND m." + table.customer() + " = ? AND "
                + rule.wins();
        List<Object> ids = List.of(tenant(), survivor.value(), merged.value());
        List<Map<String, @Nullable String>> before = jdbc.sql("SELECT s.*" + pairs)
                .params(ids)
                .query(MergeEngine::row)
                .list();
        List<Map<String, @Nullable String>> stricter = jdbc.sql("SELECT m.*" + pairs)
                .params(ids)
                .query(MergeEngine::row)
                .list();
        List<MergeUndo.Replaced> replaced = new ArrayList<>();
        for (Map<String, @Nullable String> was : before) {
            Map<String, @Nullable String> becomes = stricter.stream()
                    .filter(row -> rule.oneOf().stream()
                            .allMatch(c -> String.valueOf(row.get(c)).equals(String.valueOf(was.get(c)))))
                    .findFirst()
                    .orElseThrow();
            write(table, rule, survivor, becomes);
            replaced.add(new MergeUndo.Replaced(table.name(), was, becomes));
        }
        return replaced;
    }

    /** Gives a row of the survivor's its values back, unless it was changed since. */
    boolean loosen(PersonalTable table, CustomerId survivor, MergeUndo.Replaced replaced) {
        MergeRule rule = ruleOf(table);
        List<Object> params = new ArrayList<>(List.of(tenant(), survivor.value()));
        rule.oneOf().forEach(c -> params.add(String.valueOf(replaced.after().get(c))));
        Map<String, @Nullable String> now = jdbc.sql("SELECT * FROM " + table.name() + " WHERE tenant_id = ? AND "
                        + table.customer() + " = ?"
                        + rule.oneOf().stream().map(c -> " AND " + c + " = ?").collect(Collectors.joining()))
                .params(params)
                .query(MergeEngine::row)
                .optional()
                .orElse(Map.of());
        for (Map.Entry<String, @Nullable String> value : replaced.after().entrySet()) {
            if (!value.getKey().equals(table.customer())
                    && !Objects.equals(now.get(value.getKey()), value.getValue())) {
                return false;
            }
        }
        write(table, rule, survivor, replaced.before());
        return true;
    }

    private void write(PersonalTable table, MergeRule rule, CustomerId survivor, Map<String, @Nullable String> values) {
        List<String> columns = values.keySet().stream()
                .filter(c -> !c.equals("tenant_id")
                        && !c.equals(table.customer())
                        && !rule.oneOf().contains(c))
                .toList();
        List<@Nullable Object> params = new ArrayList<>();
        columns.forEach(c -> params.add(values.get(c)));
        params.add(tenant());
        params.add(survivor.value());
        rule.oneOf().forEach(c -> params.add(values.get(c)));
        jdbc.sql("UPDATE " + table.name() + " SET "
                        + columns.stream().map(c -> c + " = ?").collect(Collectors.joining(", "))
                        + " WHERE tenant_id = ? AND " + table.customer() + " = ?"
                        + rule.oneOf().stream().map(c -> " AND " + c + " = ?").collect(Collectors.joining()))
                .params(params)
                .update();
    }

    private static String movable(PersonalTable table, MergeRule rule) {
        String mine = table.isOf("m");
        if (rule.way() == Way.MOVES) {
            return mine;
        }
        return mine + " AND NOT EXISTS (SELECT 1 FROM " + table.name() + " s WHERE s.tenant_id = ? AND s."
                + table.customer() + " = ?"
                + rule.oneOf().stream().map(c -> " AND s." + c + " = m." + c).collect(Collectors.joining()) + ")";
    }

    private static List<Object> params(MergeRule rule, CustomerId survivor, CustomerId merged) {
        return rule.way() == Way.MOVES
                ? List.of(tenant(), merged.value())
                : List.of(tenant(), merged.value(), tenant(), survivor.value());
    }

    /** Columns as text that can be written again. */
    static Map<String, @Nullable String> row(ResultSet rs, int n) throws SQLException {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        ResultSetMetaData columns = rs.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            Object value = rs.getObject(i);
            row.put(
                    columns.getColumnLabel(i),
                    value instanceof Boolean yes ? (yes ? "1" : "0") : value == null ? null : rs.getString(i));
        }
        return row;
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
