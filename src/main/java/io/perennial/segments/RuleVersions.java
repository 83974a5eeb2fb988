package io.perennial.segments;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rules a segment has had, so that the log of its members can name conditions as they were then. */
@Component
@TenantSql("Rows by tenant, segment and version, written by the upkeep.")
class RuleVersions {

    private final JdbcClient jdbc;

    RuleVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A rule with its version.
     *
     * @param isNew whether it was not the segment's latest before
     */
    record Current(int version, boolean isNew) {}

    /** The version of a segment's rule as it is now, put down if it is not yet. Joins the caller's transaction. */
    Current current(TenantId tenant, SegmentId segment, Rule rule) {
        String document = RuleDocument.write(rule);
        Optional<Map.Entry<Integer, String>> latest = jdbc.sql(
                        "SELECT version, document FROM segment_rule WHERE tenant_id = ? AND segment_id = ? "
                                + "ORDER BY version DESC LIMIT 1")
                .params(tenant.value(), segment.value())
                .query((rs, n) -> Map.entry(rs.getInt(1), rs.getString(2)))
                .optional();
        if (latest.isPresent() && latest.get().getValue().equals(document)) {
            return new Current(latest.get().getKey(), false);
        }
        int version = latest.map(Map.Entry::getKey).orElse(0) + 1;
        jdbc.sql("INSERT INTO segment_rule (tenant_id, segment_id, version, document, since) VALUES (?, ?, ?, ?, ?)")
                .params(tenant.value(), segment.value(), version, document, MembershipStates.utc(Instant.now()))
                .update();
        return new Current(version, latest.isPresent());
    }

    /** Every rule a segment has had, by version. */
    Map<Integer, Rule> all(TenantId tenant, SegmentId segment) {
        Map<Integer, Rule> rules = new HashMap<>();
        jdbc.sql("SELECT version, document FROM segment_rule WHERE tenant_id = ? AND segment_id = ?")
                .params(tenant.value(), segment.value())
                .query(rs -> {
                    rules.put(rs.getInt(1), RuleDocument.read(rs.getString(2)));
                });
        return rules;
    }
}
