package io.perennial.promotions;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.Businesses;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Marks the vouchers that nobody redeemed in time, so that lapsing is a deed as redeeming is: segments and the timeline
 * follow it. In steps of one transaction each; several nodes may do it at the same time, and a step done twice changes
 * nothing.
 */
@Component
@TenantSql("Promotions that are over, by the index of their days; each statement names the tenant.")
class LapsedVouchers {

    private static final Logger log = LoggerFactory.getLogger(LapsedVouchers.class);

    private final JdbcClient jdbc;
    private final Vouchers vouchers;
    private final Businesses businesses;
    private final TransactionTemplate transaction;

    LapsedVouchers(JdbcClient jdbc, Vouchers vouchers, Businesses businesses, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.vouchers = vouchers;
        this.businesses = businesses;
        this.transaction = new TransactionTemplate(transactions);
    }

    private record Over(PromotionId promotion, LocalDate validUntil) {}

    @Scheduled(initialDelayString = "PT2M", fixedDelayString = "PT5M")
    void lapseAll() {
        for (TenantId tenant : businesses.atWork()) {
            try {
                ActingAs.system(tenant, () -> {
                    lapse();
                });
            } catch (RuntimeException e) {
                log.warn("Lapsed vouchers of tenant {} could not be marked; tried again in five minutes", tenant, e);
            }
        }
    }

    /** Marks those of the current tenant. */
    void lapse() {
        TenantId tenant = CurrentTenant.require();
        ZoneId zone = businesses.current().zone();
        List<Over> over = jdbc.sql("SELECT id, valid_until FROM promotion WHERE tenant_id = ? "
                        + "AND status IN ('PLANNED', 'CANCELLED') AND valid_until < ? AND lapsed_at IS NULL")
                .params(tenant.value(), LocalDate.now(zone))
                .query((rs, n) -> new Over(new PromotionId(rs.getLong(1)), rs.getObject(2, LocalDate.class)))
                .list();
        over.forEach(one -> lapse(tenant, one, zone));
    }

    private void lapse(TenantId tenant, Over over, ZoneId zone) {
        LocalDateTime at = LocalDateTime.ofInstant(
                over.validUntil().plusDays(1).atStartOfDay(zone).toInstant(), ZoneOffset.UTC);
        Optional<Long> last = Optional.of(0L);
        while (last.isPresent()) {
            long after = last.get();
            last = transaction.execute(status -> vouchers.lapse(tenant, over.promotion(), after, at));
        }
        jdbc.sql("UPDATE promotion SET lapsed_at = ? WHERE tenant_id = ? AND id = ?")
                .params(at, tenant.value(), over.promotion().value())
                .update();
    }
}
