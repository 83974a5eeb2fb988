package io.perennial.customers;

import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What this module keeps about a customer beside the customer's own row. */
@Component
@TenantSql("Deletes rows by address; every statement names the current tenant.")
class OwnPersonalData implements PersonalData {

    private final JdbcClient jdbc;
    private final ImportTraces imports;
    private final BulkTraces bulk;

    OwnPersonalData(JdbcClient jdbc, ImportTraces imports, BulkTraces bulk) {
        this.jdbc = jdbc;
        this.imports = imports;
        this.bulk = bulk;
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
                // Before the orders, by which they are found.
                PersonalTable.kept("order_line")
                        .foundBy("order_id", "customer_order", "id")
                        .merging(MergeRule.moves("order_id", "line_no")),
                // The shop finds its order by its number; the law may make it keep that order, but not here with a
                // name.
                PersonalTable.blanked("customer_order", "external_id", "CONCAT('erased-', id)")
                        .merging(MergeRule.moves("id")),
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
    public void eraseTraces(List<Person> people, ErasedRows rows) {
        for (Person person : people) {
            long id = person.id().value();
            rows.add(
                    id,
                    "customer_merge",
                    jdbc.sql("DELETE FROM customer_merge WHERE tenant_id = ? AND (survivor_id = ? OR merged_id = ?)")
                            .params(tenant(), id, id)
                            .update());
            jdbc.sql("DELETE FROM duplicate_pair WHERE tenant_id = ? AND (first_id = ? OR second_id = ?)")
                    .params(tenant(), id, id)
                    .update();
            String email = person.email();
            if (email != null) {
                eraseAddress(id, email, rows);
            }
        }
        imports.eraseFrom(people, rows);
        bulk.eraseFrom(people, rows);
    }

    private void eraseAddress(long customer, String email, ErasedRows rows) {
        rows.add(
                customer,
                "consent_request",
                jdbc.sql("DELETE FROM consent_request WHERE tenant_id = ? AND email = ?")
                        .params(tenant(), email)
                        .update());
        rows.add(
                customer,
                "suppression_change",
                jdbc.sql("DELETE FROM suppression_change WHERE tenant_id = ? AND email_hash = UNHEX(SHA2(?, 256))")
                        .params(tenant(), email)
                        .update());
        // The keyed hash in erased_key takes its place; this one could be found by trying addresses.
        rows.add(
                customer,
                "suppression",
                jdbc.sql("DELETE FROM suppression WHERE tenant_id = ? AND email_hash = UNHEX(SHA2(?, 256))")
                        .params(tenant(), email)
                        .update());
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
