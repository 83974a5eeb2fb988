package io.perennial.customers;

import io.perennial.customers.imports.ChunkUndo;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What this module keeps about a customer beside the customer's own row. */
@Component
@TenantSql("Overwrites texts by search; every statement names the current tenant.")
class OwnPersonalData implements PersonalData {

    private final JdbcClient jdbc;

    OwnPersonalData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<PersonalTable> tables() {
        return List.of(
                PersonalTable.deleted("customer_tag").merging(MergeRule.movesUnlessThere("tag", "tag")),
                PersonalTable.deleted("consent")
                        .merging(MergeRule.stricter("m.status = 'WITHDRAWN' AND s.status = 'GRANTED'", "topic")),
                PersonalTable.deleted("consent_change").merging(MergeRule.moves("id")),
                PersonalTable.deleted("consent_request").merging(MergeRule.moves("id")),
                PersonalTable.deleted("customer_pause").merging(MergeRule.stricter("m.until_at > s.until_at")),
                PersonalTable.deleted("suppression_change").merging(MergeRule.moves("id")),
                // The shop finds its order by its number; the law may make it keep that order, but not here with a
                // name.
                PersonalTable.blanked("customer_order", "external_id", "CONCAT('erased-', id)")
                        .merging(MergeRule.moves("id")),
                PersonalTable.kept("order_line").merging(MergeRule.moves("order_id", "line_no")),
                PersonalTable.deleted("customer_match_key").merging(MergeRule.recomputed()),
                PersonalTable.blanked(
                                "customer_summary",
                                "rfm_recency",
                                "NULL",
                                "rfm_frequency",
                                "NULL",
                                "rfm_monetary",
                                "NULL",
                                "p_alive",
                                "NULL",
                                "churn_risk",
                                "NULL",
                                "clv",
                                "NULL",
                                "scored_at",
                                "NULL")
                        .merging(MergeRule.recomputed()));
    }

    /** Consents name their topic. */
    @Override
    public Map<String, Object> told(String table, Map<String, Object> row) {
        Object topic = row.get("topic");
        if (topic == null) {
            return row;
        }
        Map<String, Object> told = new LinkedHashMap<>();
        jdbc.sql("SELECT name FROM consent_topic WHERE tenant_id = ? AND code = ?")
                .params(tenant(), topic)
                .query(String.class)
                .optional()
                .ifPresent(name -> told.put("topic_name", name));
        told.putAll(row);
        return told;
    }

    @Override
    public Map<String, Long> eraseTraces(Person person) {
        Map<String, Long> rows = new HashMap<>();
        String email = person.email();
        rows.put("customer_merge", (long)
                jdbc.sql("DELETE FROM customer_merge WHERE tenant_id = ? AND (survivor_id = ? OR merged_id = ?)")
                        .params(tenant(), person.id().value(), person.id().value())
                        .update());
        jdbc.sql("DELETE FROM duplicate_pair WHERE tenant_id = ? AND (first_id = ? OR second_id = ?)")
                .params(tenant(), person.id().value(), person.id().value())
                .update();
        if (email != null) {
            rows.put("consent_request", (long) jdbc.sql("DELETE FROM consent_request WHERE tenant_id = ? AND email = ?")
                    .params(tenant(), email)
                    .update());
            rows.put("suppression_change", (long)
                    jdbc.sql("DELETE FROM suppression_change WHERE tenant_id = ? AND email_hash = UNHEX(SHA2(?, 256))")
                            .params(tenant(), email)
                            .update());
            // The keyed hash in erased_key takes its place; this one could be found by trying addresses.
            rows.put("suppression", (long)
                    jdbc.sql("DELETE FROM suppression WHERE tenant_id = ? AND email_hash = UNHEX(SHA2(?, 256))")
                            .params(tenant(), email)
                            .update());
        }
        rows.put("import_rejected", rejectedRows(person));
        rows.put("import_chunk", journals(person));
        return rows;
    }

    private record Piece(long job, int part, byte[] content) {}

    /** Rewrites the pieces of rejected rows without those about the person. */
    private long rejectedRows(Person person) {
        List<String> telling = person.telling();
        if (telling.isEmpty()) {
            return 0;
        }
        String matches = telling.stream()
                .map(word -> "CONVERT(content USING utf8mb4) LIKE ? ESCAPE '!'")
                .collect(Collectors.joining(" OR "));
        List<Piece> pieces = jdbc.sql(
                        "SELECT job_id, part, content FROM import_rejected WHERE tenant_id = ? AND (" + matches + ")")
                .param(tenant())
                .params(telling.stream().map(OwnPersonalData::like).toList())
                .query((rs, n) -> new Piece(rs.getLong(1), rs.getInt(2), rs.getBytes(3)))
                .list();
        long removed = 0;
        for (Piece piece : pieces) {
            byte[] first =
                    piece.part() == 0 ? piece.content() : firstOf(piece.job()).orElse(piece.content());
            RejectedFile.Kept kept = RejectedFile.without(
                    piece.content(), RejectedFile.separatorOf(first), piece.part() == 0, person::isIn);
            if (kept.removed() > 0) {
                jdbc.sql("UPDATE import_rejected SET content = ? WHERE tenant_id = ? AND job_id = ? AND part = ?")
                        .params(kept.content(), tenant(), piece.job(), piece.part())
                        .update();
                removed += kept.removed();
            }
        }
        return removed;
    }

    /** Takes the person out of the journals by which imports of the last days could be undone. */
    private long journals(Person person) {
        record Journal(long job, int chunk) {}
        List<Journal> all = jdbc.sql(
                        "SELECT job_id, chunk_no FROM import_chunk WHERE tenant_id = ? AND journal IS NOT NULL")
                .param(tenant())
                .query((rs, n) -> new Journal(rs.getLong(1), rs.getInt(2)))
                .list();
        long changed = 0;
        for (Journal one : all) {
            byte[] packed = jdbc.sql(
                            "SELECT journal FROM import_chunk WHERE tenant_id = ? AND job_id = ? AND chunk_no = ? FOR"
                                    + " UPDATE")
                    .params(tenant(), one.job(), one.chunk())
                    .query((rs, n) -> rs.getBytes(1))
                    .single();
            byte[] without = ChunkUndo.without(packed, person.id().value());
            if (without != packed) {
                jdbc.sql("UPDATE import_chunk SET journal = ? WHERE tenant_id = ? AND job_id = ? AND chunk_no = ?")
                        .param(without)
                        .params(tenant(), one.job(), one.chunk())
                        .update();
                changed++;
            }
        }
        return changed;
    }

    private Optional<byte[]> firstOf(long job) {
        return jdbc.sql("SELECT content FROM import_rejected WHERE tenant_id = ? AND job_id = ? AND part = 0")
                .params(tenant(), job)
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
