package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The pairs in which a merged customer was taken for others, or was said not to be them. Joins the caller's transaction. */
@Component
@TenantSql("Deletes and brings back rows of one customer's pairs; every statement names the current tenant.")
class MergedPairs {

    private final JdbcClient jdbc;

    MergedPairs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Forgets whom the merged one resembled; gives what somebody had said of them, which no search finds again. */
    List<Map<String, @Nullable String>> forget(CustomerId merged) {
        List<Map<String, @Nullable String>> said = jdbc.sql("SELECT first_id, second_id, kinds, score, found_at, "
                        + "dismissed_at, dismissed_by FROM duplicate_pair WHERE tenant_id = ? "
                        + "AND (first_id = ? OR second_id = ?) AND dismissed_at IS NOT NULL")
                .params(tenant(), merged.value(), merged.value())
                .query(MergeEngine::row)
                .list();
        jdbc.sql("DELETE FROM duplicate_pair WHERE tenant_id = ? AND (first_id = ? OR second_id = ?)")
                .params(tenant(), merged.value(), merged.value())
                .update();
        jdbc.sql("DELETE FROM customer_match_key WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant(), merged.value())
                .update();
        return said;
    }

    /** Brings back what was said, unless the other is gone; the rest is found by the next search. */
    void restore(List<Map<String, @Nullable String>> said) {
        for (Map<String, @Nullable String> pair : said) {
            jdbc.sql(
                            "INSERT INTO duplicate_pair (tenant_id, first_id, second_id, kinds, score, found_at, dismissed_at, "
                                    + "dismissed_by) SELECT ?, ?, ?, ?, ?, ?, ?, ? FROM customer a JOIN customer b "
                                    + "ON b.tenant_id = a.tenant_id WHERE a.tenant_id = ? AND a.id = ? AND b.id = ? "
                                    + "ON DUPLICATE KEY UPDATE dismissed_at = VALUES(dismissed_at), "
                                    + "dismissed_by = VALUES(dismissed_by)")
                    .param(tenant())
                    .param(pair.get("first_id"))
                    .param(pair.get("second_id"))
                    .param(pair.get("kinds"))
                    .param(pair.get("score"))
                    .param(pair.get("found_at"))
                    .param(pair.get("dismissed_at"))
                    .param(pair.get("dismissed_by"))
                    .param(tenant())
                    .param(pair.get("first_id"))
                    .param(pair.get("second_id"))
                    .update();
        }
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
