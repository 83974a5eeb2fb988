package io.perennial.sample;

import io.perennial.accounts.Role;
import io.perennial.campaigns.CampaignId;
import io.perennial.campaigns.CampaignPersonalisation;
import io.perennial.kernel.CustomerId;
import io.perennial.promotions.Offer;
import io.perennial.promotions.OfferKind;
import io.perennial.promotions.PromotionId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The vouchers of a sample announcement and the tills' past. Codes are made as for a real mail, so they can be tried;
 * who came is drawn from a hash of the number of customers who bought in those days, the same for everybody.
 */
@Component
@TenantSql("The till cannot redeem in the past; every statement names the tenant.")
@ConditionalOnProperty("perennial.sample.enabled")
class VoucherHistory {

    /** The kinds of the two mails of a promotion. */
    static final String ANNOUNCEMENT = "promotion";

    static final String THANKS = "promotion_thanks";

    private static final int AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final CampaignPersonalisation announcements;

    VoucherHistory(JdbcClient jdbc, List<CampaignPersonalisation> personalisations) {
        this.jdbc = jdbc;
        this.announcements = personalisations.stream()
                .filter(p -> p.kind().equals(ANNOUNCEMENT))
                .findFirst()
                .orElseThrow();
    }

    /** One for each customer whom the announcement reached. */
    @Transactional
    void issue(PromotionId promotion, CampaignId announcement, ZonedDateTime at) {
        long tenant = CurrentTenant.require().value();
        List<CustomerId> customers = jdbc.sql("SELECT m.customer_id FROM campaign k JOIN message m "
                        + "ON m.tenant_id = k.tenant_id AND m.run_id = k.run_id "
                        + "WHERE k.tenant_id = ? AND k.id = ? ORDER BY m.customer_id")
                .params(tenant, announcement.value())
                .query((rs, n) -> new CustomerId(rs.getLong(1)))
                .list();
        for (int from = 0; from < customers.size(); from += AT_ONCE) {
            announcements.variables(
                    promotion.value(), customers.subList(from, Math.min(from + AT_ONCE, customers.size())));
        }
        jdbc.sql("UPDATE voucher SET issued_at = ? WHERE tenant_id = ? AND promotion_id = ?")
                .params(utc(at), tenant, promotion.value())
                .update();
    }

    /** Most of those who bought in these days had it with them, until now at most. */
    @Transactional
    void redeem(PromotionId promotion, SampleDay day, SampleBusiness business) {
        long tenant = CurrentTenant.require().value();
        Offer offer = day.offer();
        LocalDate first = LocalDate.now(business.zone()).plusDays(day.daysFromNow());
        BigDecimal percent = offer.kind() == OfferKind.PERCENT ? value(offer) : BigDecimal.ZERO;
        BigDecimal fixed = offer.kind() == OfferKind.PERCENT ? BigDecimal.ZERO : value(offer);
        jdbc.sql("UPDATE voucher v JOIN (SELECT o.customer_id, MIN(o.ordered_at) AS at FROM customer_order o "
                        + "WHERE o.tenant_id = ? AND o.status = 'PAID' AND o.net_value > 0 AND o.ordered_at >= ? "
                        + "AND o.ordered_at < ? GROUP BY o.customer_id) f ON f.customer_id = v.customer_id "
                        + "JOIN customer_order o ON o.tenant_id = v.tenant_id AND o.customer_id = v.customer_id "
                        + "AND o.ordered_at = f.at "
                        + "JOIN customer c ON c.tenant_id = v.tenant_id AND c.id = v.customer_id "
                        + "SET v.redeemed_at = o.ordered_at, v.redeemed_by = ?, v.order_amount = o.net_value, "
                        + "v.cost = LEAST(o.net_value, ?) + o.net_value * ? / 100 "
                        + "WHERE v.tenant_id = ? AND v.promotion_id = ? "
                        + "AND CRC32(CONCAT(c.external_id, ':till')) % 100 < ?")
                .params(tenant, utc(first.atStartOfDay(business.zone())))
                .params(utc(first.plusDays(day.good()).atStartOfDay(business.zone())), till(business))
                .params(fixed, percent, tenant, promotion.value(), day.shareOfBuyers())
                .update();
    }

    /** Lets the promotion stand as one that was planned in time. */
    @Transactional
    void finish(PromotionId promotion, CampaignId announcement, CampaignId thanks, ZonedDateTime told) {
        long tenant = CurrentTenant.require().value();
        jdbc.sql("UPDATE promotion p JOIN (SELECT v.promotion_id, COUNT(v.redeemed_at) AS redeemed, "
                        + "COALESCE(SUM(v.cost), 0) AS cost FROM voucher v WHERE v.tenant_id = ? AND v.promotion_id = ? "
                        + "GROUP BY v.promotion_id) s ON s.promotion_id = p.id "
                        + "SET p.status = 'PLANNED', p.announce_campaign = ?, p.thank_campaign = ?, "
                        + "p.redeemed = s.redeemed, p.cost = s.cost, p.created_at = ?, p.updated_at = ? "
                        + "WHERE p.tenant_id = ? AND p.id = ?")
                .params(tenant, promotion.value(), announcement.value(), thanks.value())
                .params(utc(told.minusDays(6)), utc(told.minusDays(5)), tenant, promotion.value())
                .update();
    }

    /** Whoever stands there, else the owner. */
    private static String till(SampleBusiness business) {
        return business.staff().stream()
                .filter(colleague -> colleague.role() == Role.SUPPORT)
                .findFirst()
                .orElse(business.staff().getFirst())
                .name();
    }

    private static BigDecimal value(Offer offer) {
        return Objects.requireNonNull(offer.value() == null ? offer.unitCost() : offer.value());
    }

    private static LocalDateTime utc(ZonedDateTime at) {
        return LocalDateTime.ofInstant(at.toInstant(), ZoneOffset.UTC);
    }
}
