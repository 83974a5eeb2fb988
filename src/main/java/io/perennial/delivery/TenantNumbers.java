package io.perennial.delivery;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Small numbers for businesses, to keep links short. They never change, so each is asked for once. */
@Component
@TenantSql("Numbers are the installation's; the table names the business each belongs to.")
class TenantNumbers {

    private final JdbcClient jdbc;
    private final ConcurrentMap<TenantId, Long> numbers = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, TenantId> tenants = new ConcurrentHashMap<>();

    TenantNumbers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of a business; given at the first time. */
    long of(TenantId tenant) {
        Long known = numbers.get(tenant);
        return known != null ? known : remember(tenant, found(tenant).orElseGet(() -> given(tenant)));
    }

    /** Whose number this is. */
    Optional<TenantId> tenant(long number) {
        TenantId known = tenants.get(number);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<TenantId> found = jdbc.sql("SELECT tenant_id FROM tenant_number WHERE number = ?")
                .param(number)
                .query((rs, row) -> new TenantId(rs.getLong(1)))
                .optional();
        found.ifPresent(tenant -> remember(tenant, number));
        return found;
    }

    private Optional<Long> found(TenantId tenant) {
        return jdbc.sql("SELECT number FROM tenant_number WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Long.class)
                .optional();
    }

    private long given(TenantId tenant) {
        // Of several nodes asking at once, the first one's number stays.
        jdbc.sql("INSERT INTO tenant_number (tenant_id) VALUES (?) ON DUPLICATE KEY UPDATE tenant_id = tenant_id")
                .param(tenant.value())
                .update();
        return found(tenant).orElseThrow();
    }

    private long remember(TenantId tenant, long number) {
        numbers.put(tenant, number);
        tenants.put(number, tenant);
        return number;
    }
}
