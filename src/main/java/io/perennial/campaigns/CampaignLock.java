package io.perennial.campaigns;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps others from changing a campaign until the caller's transaction ends. Take it before loading the campaign. */
@Component
@TenantSql("Hibernate locks by FOR UPDATE OF, which MariaDB does not know.")
class CampaignLock {

    private final JdbcClient jdbc;

    CampaignLock(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void take(TenantId tenant, CampaignId campaign) {
        jdbc.sql("SELECT id FROM campaign WHERE tenant_id = ? AND id = ? FOR UPDATE")
                .params(tenant.value(), campaign.value())
                .query(Long.class)
                .optional();
    }
}
