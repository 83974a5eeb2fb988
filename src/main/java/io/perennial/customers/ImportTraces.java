package io.perennial.customers;

import io.perennial.customers.imports.JournalPeople;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes people out of what imports keep: the rows that were left out, and the journals by which an import is undone. */
@Component
@TenantSql("Overwrites files by search; every statement names the current tenant.")
class ImportTraces {

    /** People who are looked for in the rejected rows by one statement. */
    private static final int TOGETHER = 50;

    private final JdbcClient jdbc;
    private final RejectedStore rejected;

    ImportTraces(JdbcClient jdbc, RejectedStore rejected) {
        this.jdbc = jdbc;
        this.rejected = rejected;
    }

    /** Joins the caller's transaction. */
    void eraseFrom(List<Person> people, ErasedRows rows) {
        rows.looked("import_rejected");
        rows.looked("import_chunk");
        List<Person> known =
                people.stream().filter(person -> !person.telling().isEmpty()).toList();
        for (int from = 0; from < known.size(); from += TOGETHER) {
            rejectedRows(known.subList(from, Math.min(known.size(), from + TOGETHER)), rows);
        }
        journals(people, rows);
    }

    private record Piece(long job, int part) {}

    /** Rewrites the pieces of rejected rows without those about these people; a piece at a time is in memory. */
    private void rejectedRows(List<Person> people, ErasedRows rows) {
        List<String> telling =
                people.stream().flatMap(person -> person.telling().stream()).toList();
        String matches = telling.stream()
                .map(word -> "CONVERT(content USING utf8mb4) LIKE ? ESCAPE '!'")
                .collect(Collectors.joining(" OR "));
        List<Piece> pieces = jdbc.sql(
                        "SELECT job_id, part FROM import_rejected WHERE tenant_id = ? AND (" + matches + ")")
                .param(tenant())
                .params(telling.stream().map(ImportTraces::like).toList())
                .query((rs, n) -> new Piece(rs.getLong(1), rs.getInt(2)))
                .list();
        for (Piece piece : pieces) {
            byte[] content = content(piece.job(), piece.part()).orElse(new byte[0]);
            byte[] first = piece.part() == 0 ? content : content(piece.job(), 0).orElse(content);
            RejectedFile.Kept kept =
                    RejectedFile.without(content, RejectedFile.separatorOf(first), piece.part() == 0, cells -> {
                        List<Person> meant = people.stream()
                                .filter(person -> person.isIn(cells))
                                .toList();
                        meant.forEach(person -> rows.add(person.id().value(), "import_rejected", 1));
                        return !meant.isEmpty();
                    });
            if (!kept.removed().isEmpty()) {
                rejected.replace(CurrentTenant.require(), piece.job(), piece.part(), kept);
            }
        }
    }

    /** Takes the people out of the journals by which imports of the last days could be undone. */
    private void journals(List<Person> people, ErasedRows rows) {
        record Journal(long job, int chunk) {}
        Set<Long> ids =
                people.stream().map(person -> person.id().value()).collect(Collectors.toCollection(HashSet::new));
        List<Journal> all = jdbc.sql(
                        "SELECT job_id, chunk_no FROM import_chunk WHERE tenant_id = ? AND journal IS NOT NULL")
                .param(tenant())
                .query((rs, n) -> new Journal(rs.getLong(1), rs.getInt(2)))
                .list();
        for (Journal one : all) {
            byte[] packed = jdbc.sql(
                            "SELECT journal FROM import_chunk WHERE tenant_id = ? AND job_id = ? AND chunk_no = ? FOR"
                                    + " UPDATE")
                    .params(tenant(), one.job(), one.chunk())
                    .query((rs, n) -> rs.getBytes(1))
                    .single();
            JournalPeople.Others others = JournalPeople.without(packed, ids);
            if (!others.removed().isEmpty()) {
                jdbc.sql("UPDATE import_chunk SET journal = ? WHERE tenant_id = ? AND job_id = ? AND chunk_no = ?")
                        .param(others.journal())
                        .params(tenant(), one.job(), one.chunk())
                        .update();
                others.removed().forEach(id -> rows.add(id, "import_chunk", 1));
            }
        }
    }

    private Optional<byte[]> content(long job, int part) {
        return jdbc.sql("SELECT content FROM import_rejected WHERE tenant_id = ? AND job_id = ? AND part = ?")
                .params(tenant(), job, part)
                .query((rs, n) -> rs.getBytes(1))
                .optional();
    }

    private static String like(String word) {
        return "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
