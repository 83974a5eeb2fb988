package io.perennial.customers;

import io.perennial.accounts.ActingAs;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks again, an hour after somebody was erased and each day of the weeks after it, for rows about them: a mail that was
 * on its way at that moment has its answer written afterwards, and a bounce, which names the address, may take days.
 */
@Component
@TenantSql("Finds the erasures of all tenants that are to be looked at again, then works in the scope of each.")
class ErasureUpkeep {

    /** Erased people who are looked at again in one transaction. */
    private static final int PIECE = 1_000;

    private final JdbcClient jdbc;
    private final Erasures erasures;

    ErasureUpkeep(JdbcClient jdbc, Erasures erasures) {
        this.jdbc = jdbc;
        this.erasures = erasures;
    }

    private record Due(TenantId tenant, long erasure, CustomerId customer) {}

    @Scheduled(initialDelay = 5, fixedDelay = 30, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        List<Due> due = jdbc.sql("/* all tenants */ SELECT tenant_id, id, customer_id FROM erasure "
                        + "WHERE at < UTC_TIMESTAMP(6) - INTERVAL 1 HOUR AND at > UTC_TIMESTAMP(6) - INTERVAL 20 DAY "
                        + "AND (swept_at IS NULL OR swept_at < UTC_TIMESTAMP(6) - INTERVAL 1 DAY) LIMIT 10000")
                .query((rs, n) -> new Due(new TenantId(rs.getLong(1)), rs.getLong(2), new CustomerId(rs.getLong(3))))
                .list();
        Map<TenantId, List<Due>> byTenant = due.stream().collect(Collectors.groupingBy(Due::tenant));
        byTenant.forEach((tenant, all) -> {
            for (int from = 0; from < all.size(); from += PIECE) {
                Map<Long, CustomerId> some = new TreeMap<>();
                all.subList(from, Math.min(all.size(), from + PIECE))
                        .forEach(one -> some.put(one.erasure(), one.customer()));
                ActingAs.system(tenant, () -> erasures.sweep(some));
            }
        });
    }
}
