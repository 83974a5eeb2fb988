package io.perennial.customers.imports;

import io.perennial.tenancy.TenantSql;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Pieces of SQL text, and batches. */
@TenantSql("Runs the statements its callers give, each of which names its tenant.")
final class Sql {

    private Sql() {}

    /** Ids as a list for IN: numbers of our own making, so they may stand in the text. */
    static String list(Collection<Long> ids) {
        StringJoiner list = new StringJoiner(",", "(", ")");
        ids.forEach(id -> list.add(Long.toString(id)));
        return list.toString();
    }

    /** Does something with so many at a time; nothing where there are none. */
    static <T> void steps(Collection<T> all, int size, Consumer<List<T>> work) {
        List<T> list = List.copyOf(all);
        for (int from = 0; from < list.size(); from += size) {
            work.accept(list.subList(from, Math.min(list.size(), from + size)));
        }
    }

    /** Runs a statement for many rows at once; the driver makes multi-row statements of it. */
    static void batch(JdbcTemplate jdbc, String sql, List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(sql, rows, rows.size(), (statement, row) -> {
                for (int i = 0; i < row.length; i++) {
                    statement.setObject(i + 1, row[i]);
                }
            });
        }
    }
}
