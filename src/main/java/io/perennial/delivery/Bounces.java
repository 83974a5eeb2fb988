package io.perennial.delivery;

import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps addresses that nobody has from being mailed again. */
@Component
@TenantSql("Inserts into the suppression list of the current tenant and leaves an entry that is there as it is.")
class Bounces {

    private final JdbcClient jdbc;

    Bounces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Suppresses an address of the current tenant because it bounced. */
    void suppress(String email, String evidence) {
        jdbc.sql("INSERT INTO suppression (tenant_id, email_hash, email, reason, evidence, at) "
                        + "VALUES (?, UNHEX(SHA2(LOWER(?), 256)), ?, 'BOUNCED', ?, UTC_TIMESTAMP(6)) "
                        + "ON DUPLICATE KEY UPDATE tenant_id = VALUES(tenant_id)")
                .params(CurrentTenant.require().value(), email, email, evidence)
                .update();
    }
}
