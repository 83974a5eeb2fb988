package io.perennial.segments;

import io.perennial.customers.MergeRule;
import io.perennial.customers.PersonalData;
import io.perennial.customers.PersonalTable;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Members of segments, and who was put on lists, which goes along with a customer: to the one they are merged into, and
 * away with an import that is taken back. Who is erased is out of every segment: the upkeep takes them out as it does
 * others, so that the figures stay right; what the log says of them, and what counts read of them, goes at once.
 */
@Component
@TenantSql("Looks up one name by its key; the statement names the current tenant.")
class SegmentPersonalData implements PersonalData {

    private final JdbcClient jdbc;

    SegmentPersonalData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<PersonalTable> tables() {
        return List.of(
                PersonalTable.deleted("segment_listed")
                        .merging(MergeRule.movesUnlessThere("segment_id", "segment_id"))
                        .goingAlong(),
                PersonalTable.kept("segment_member").merging(MergeRule.recomputed()),
                PersonalTable.deleted("segment_move").merging(MergeRule.recomputed()),
                PersonalTable.deleted("count_basis").merging(MergeRule.recomputed()));
    }

    @Override
    public Map<String, Object> told(String table, Map<String, Object> row) {
        if (!row.containsKey("segment_id")) {
            return row;
        }
        Map<String, Object> told = new LinkedHashMap<>();
        jdbc.sql("SELECT name FROM segment WHERE tenant_id = ? AND id = ?")
                .param(CurrentTenant.require().value())
                .param(row.get("segment_id"))
                .query(String.class)
                .optional()
                .ifPresent(name -> told.put("segment", name));
        told.putAll(row);
        return told;
    }
}
