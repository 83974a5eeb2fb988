package io.perennial.customers;

import io.perennial.accounts.ActingAs;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Hands on to the survivors what files bring for merged customers, and forgets what undoing needed once it is too late. */
@Component
@TenantSql("Finds what is to do over all tenants, then works in the scope of each.")
class MergeUpkeep {

    private final JdbcClient jdbc;
    private final CustomerMerges merges;

    MergeUpkeep(JdbcClient jdbc, CustomerMerges merges) {
        this.jdbc = jdbc;
        this.merges = merges;
    }

    private record Due(TenantId tenant, long merge, CustomerId survivor, CustomerId merged) {}

    @Scheduled(initialDelay = 3, fixedDelay = 5, timeUnit = TimeUnit.MINUTES)
    void handOn() {
        List<Due> due = jdbc.sql(
                        "/* all tenants */ SELECT g.tenant_id, MAX(g.id), c.merged_into, c.id FROM customer_merge g "
                                + "JOIN customer c ON c.tenant_id = g.tenant_id AND c.id = g.merged_id AND c.merged_into IS NOT NULL "
                                + "WHERE g.undone_at IS NULL AND EXISTS (SELECT 1 FROM customer_order o "
                                + "WHERE o.tenant_id = c.tenant_id AND o.customer_id = c.id) "
                                + "GROUP BY g.tenant_id, c.merged_into, c.id LIMIT 1000")
                .query((rs, n) -> new Due(
                        new TenantId(rs.getLong(1)),
                        rs.getLong(2),
                        new CustomerId(rs.getLong(3)),
                        new CustomerId(rs.getLong(4))))
                .list();
        due.forEach(
                one -> ActingAs.system(one.tenant(), () -> merges.moveOn(one.survivor(), one.merged(), one.merge())));
    }

    @Scheduled(initialDelay = 11, fixedDelay = 360, timeUnit = TimeUnit.MINUTES)
    void forget() {
        jdbc.sql("/* all tenants */ UPDATE customer_merge SET undo_data = NULL WHERE undo_data IS NOT NULL AND at < "
                        + "UTC_TIMESTAMP(6) - INTERVAL " + CustomerMerges.UNDO_DAYS + " DAY")
                .update();
    }
}
