package io.perennial.promotions;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.ActingAs;
import io.perennial.customers.TimelineEntry;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.segments.KeptSegments;
import io.perennial.segments.Membership;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.SegmentId;
import io.perennial.segments.Segments;
import io.perennial.segments.Window;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Segments that ask for vouchers follow them as they happen, not by night. */
@IntegrationTest
class VoucherSegmentsTest {

    @Autowired
    Redemptions redemptions;

    @Autowired
    Promotions promotions;

    @Autowired
    VoucherMails announcements;

    @Autowired
    VoucherTimeline timeline;

    @Autowired
    LapsedVouchers lapsed;

    @Autowired
    Segments segments;

    @Autowired
    Membership membership;

    @Autowired
    KeptSegments kept;

    @Autowired
    Shop shop;

    @Autowired
    JdbcTemplate jdbc;

    TenantId acme;
    TenantId globex;
    CustomerId ada;
    CustomerId ben;

    @BeforeEach
    void twoShops() {
        acme = shop.open("Acme");
        globex = shop.open("Globex");
        ada = shop.customer(acme, "Ada");
        ben = shop.customer(acme, "Ben");
        shop.customer(globex, "Gus");
    }

    @Test
    void whoWasGivenAVoucherAndWhoRedeemedItIsKnownAtOnce() {
        SegmentId given = segment(acme, "VOUCHER_GIVEN", "1");
        SegmentId redeemed = segment(acme, "VOUCHER_REDEEMED", "1");
        SegmentId none = segment(globex, "VOUCHER_GIVEN", "0");
        assertThat(members(acme, given)).isEmpty();
        assertThat(members(globex, none)).hasSize(1);

        String code = code(planned(acme), ada);
        assertThat(members(acme, given)).containsExactly(ada);
        assertThat(members(acme, redeemed)).isEmpty();

        long voucher = TestTenants.asOwner(
                acme,
                () -> redemptions.redeem(code, new BigDecimal("20")).voucher().longValue());
        assertThat(members(acme, redeemed)).containsExactly(ada);
        TestTenants.asOwner(
                acme,
                () -> assertThat(membership.size(redeemed).nightly())
                        .as("needs no night")
                        .isFalse());

        TestTenants.asOwner(acme, () -> assertThat(redemptions.undo(voucher)).isTrue());
        assertThat(members(acme, redeemed)).isEmpty();
        assertThat(members(globex, none)).hasSize(1);
    }

    @Test
    void aVoucherThatNobodyRedeemedInTimeLapsesAndItsHolderMoves() {
        SegmentId letLapse = segment(acme, "VOUCHER_LAPSED", "1");
        PromotionId promotion = planned(acme);
        String adas = code(promotion, ada);
        code(promotion, ben);
        TestTenants.asOwner(acme, () -> redemptions.redeem(adas, null));
        ActingAs.system(acme, () -> lapsed.lapse());
        assertThat(members(acme, letLapse)).as("still good").isEmpty();

        LocalDate yesterday = LocalDate.now(Shop.ZONE).minusDays(1);
        jdbc.update(
                "UPDATE promotion SET valid_from = ?, valid_until = ? WHERE tenant_id = ? AND id = ?",
                yesterday,
                yesterday,
                acme.value(),
                promotion.value());
        ActingAs.system(globex, () -> lapsed.lapse());
        assertThat(members(acme, letLapse)).as("another business's turn").isEmpty();
        ActingAs.system(acme, () -> lapsed.lapse());
        assertThat(members(acme, letLapse)).as("Ada redeemed hers").containsExactly(ben);
        LocalDateTime midnight = LocalDateTime.ofInstant(
                yesterday.plusDays(1).atStartOfDay(Shop.ZONE).toInstant(), ZoneOffset.UTC);
        assertThat(jdbc.queryForMap(
                        "SELECT v.lapsed_at, p.lapsed_at AS promotions FROM voucher v JOIN promotion p "
                                + "ON p.tenant_id = v.tenant_id AND p.id = v.promotion_id "
                                + "WHERE v.tenant_id = ? AND v.customer_id = ?",
                        acme.value(),
                        ben.value()))
                .as("as its last day was over in the business's zone")
                .containsEntry("lapsed_at", midnight)
                .containsEntry("promotions", midnight);
        TestTenants.asOwner(
                acme,
                () -> assertThat(timeline.entries(ben, Instant.now().plusSeconds(60), 10))
                        .extracting(TimelineEntry::title)
                        .containsExactlyInAnyOrder(
                                "Let the voucher of “Thank you day” lapse", "Voucher of “Thank you day”"));

        ActingAs.system(acme, () -> lapsed.lapse());
        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM customer_change WHERE tenant_id = ?", Long.class, acme.value()))
                .as("what was marked once is not looked at again")
                .isZero();
    }

    private SegmentId segment(TenantId tenant, String kind, String times) {
        Operator operator = times.equals("0") ? Operator.AT_MOST : Operator.AT_LEAST;
        Rule rule =
                new Activity(kind, Measure.of(Aggregate.COUNT, operator, times), Window.ever(), List.of(), List.of());
        return TestTenants.asOwner(
                tenant, () -> segments.create(kind + times, rule).id());
    }

    private List<CustomerId> members(TenantId tenant, SegmentId segment) {
        kept.lookAfter(tenant);
        return jdbc
                .queryForList(
                        "SELECT customer_id FROM segment_member WHERE tenant_id = ? AND segment_id = ?",
                        Long.class,
                        tenant.value(),
                        segment.value())
                .stream()
                .map(CustomerId::new)
                .toList();
    }

    private PromotionId planned(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> {
            PromotionId id = promotions.create(shop.today(Shop.percent("15"), null, null));
            promotions.plan(id);
            return id;
        });
    }

    private String code(PromotionId id, CustomerId customer) {
        Map<?, ?> variables = TestTenants.asOwner(
                acme,
                () -> announcements.variables(id.value(), List.of(customer)).get(customer));
        return (String) ((Map<?, ?>) variables.get("voucher")).get("code");
    }
}
