package io.perennial.promotions;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.campaigns.AudienceCount;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.tenancy.TenantSql;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Counts what came of promotions. */
@Service
@TenantSql("Sums over vouchers and orders; each statement names the tenant.")
@Transactional(readOnly = true)
public class PromotionResults {

    private final JdbcClient jdbc;
    private final Promotions promotions;
    private final CampaignDesk campaigns;
    private final Businesses businesses;

    PromotionResults(JdbcClient jdbc, Promotions promotions, CampaignDesk campaigns, Businesses businesses) {
        this.jdbc = jdbc;
        this.promotions = promotions;
        this.campaigns = campaigns;
        this.businesses = businesses;
    }

    /**
     * @throws java.util.NoSuchElementException if the current tenant has no such promotion
     */
    @PreAuthorize("hasAuthority('promotion:read')")
    public PromotionResult of(PromotionId id) {
        Business business = businesses.current();
        PromotionDetails promotion = promotions.open(id);
        record Tally(long issued, long redeemed, BigDecimal cost, BigDecimal revenue) {}
        Tally tally = jdbc.sql("SELECT COUNT(*), COUNT(redeemed_at), COALESCE(SUM(cost), 0), "
                        + "COALESCE(SUM(CASE WHEN redeemed_at IS NOT NULL THEN order_amount END), 0) "
                        + "FROM voucher WHERE tenant_id = ? AND promotion_id = ?")
                .params(business.id().value(), id.value())
                .query((rs, n) -> new Tally(rs.getLong(1), rs.getLong(2), rs.getBigDecimal(3), rs.getBigDecimal(4)))
                .single();
        return new PromotionResult(
                mailed(promotion),
                tally.issued(),
                tally.redeemed(),
                tally.cost(),
                tally.revenue(),
                tally.issued() == 0 ? BigDecimal.ZERO : holdersRevenue(id, promotion.content(), business));
    }

    private @Nullable Long mailed(PromotionDetails promotion) {
        if (promotion.announcement() == null) {
            return null;
        }
        AudienceCount audience = campaigns.require(promotion.announcement()).audience();
        return audience == null ? null : audience.mailed();
    }

    private BigDecimal holdersRevenue(PromotionId id, PromotionContent content, Business business) {
        Instant from = content.validFrom().atStartOfDay(business.zone()).toInstant();
        Instant until =
                content.validUntil().plusDays(1).atStartOfDay(business.zone()).toInstant();
        return jdbc.sql("SELECT COALESCE(SUM(o.net_value - o.refunded), 0) FROM voucher v JOIN customer_order o "
                        + "ON o.tenant_id = v.tenant_id AND o.customer_id = v.customer_id "
                        + "WHERE v.tenant_id = ? AND v.promotion_id = ? AND o.status = 'PAID' AND o.net_value > 0 "
                        + "AND o.ordered_at >= ? AND o.ordered_at < ?")
                .params(business.id().value(), id.value(), utc(from), utc(until))
                .query(BigDecimal.class)
                .single();
    }

    private static LocalDateTime utc(Instant at) {
        return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
