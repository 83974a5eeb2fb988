package io.perennial.promotions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.Role;
import io.perennial.customers.TimelineEntry;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.promotions.CheckedVoucher.Verdict;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.SqlFragment;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class RedemptionsTest {

    @Autowired
    Redemptions redemptions;

    @Autowired
    Promotions promotions;

    @Autowired
    PromotionResults results;

    @Autowired
    VoucherMails announcements;

    @Autowired
    ThankYouMails thanks;

    @Autowired
    VoucherTimeline timeline;

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
    }

    @Test
    void aVoucherIsRedeemedOnceAndTheAnswerSaysByWhom() {
        PromotionId id = planned(Shop.percent("15"), null, null);
        String code = code(id, ada);
        TestTenants.as(acme, Role.SUPPORT, () -> {
            CheckedVoucher valid =
                    redemptions.check(code.toLowerCase(Locale.ROOT).replace("-", " "));
            assertThat(valid.verdict()).isEqualTo(Verdict.VALID);
            assertThat(valid.customer()).isEqualTo("Ada");
            assertThat(valid.offer()).isEqualTo("15% off");
            assertThat(redemptions.redeem(code, new BigDecimal("200")).verdict())
                    .isEqualTo(Verdict.REDEEMED);
            CheckedVoucher again = redemptions.redeem(code, null);
            assertThat(again.verdict()).isEqualTo(Verdict.USED);
            assertThat(again.redeemedBy()).isEqualTo("SUPPORT");
            assertThat(again.redeemedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        });
        TestTenants.asOwner(acme, () -> {
            PromotionResult result = results.of(id);
            assertThat(result.redeemed()).isEqualTo(1);
            assertThat(result.redeemedRevenue()).isEqualByComparingTo("200");
            assertThat(result.cost()).isEqualByComparingTo("30");
            assertThat(promotions.open(id).cost()).isEqualByComparingTo("30");
        });
    }

    @Test
    void ofManyTillsAtOnceExactlyOneWins() throws Exception {
        PromotionId id = planned(Shop.percent("15"), null, null);
        String code = code(id, ada);
        List<Verdict> verdicts =
                atOnce(8, () -> redemptions.redeem(code, BigDecimal.TEN).verdict());
        assertThat(verdicts).containsOnly(Verdict.REDEEMED, Verdict.USED);
        assertThat(verdicts).filteredOn(v -> v == Verdict.REDEEMED).hasSize(1);
        TestTenants.asOwner(
                acme, () -> assertThat(promotions.open(id).redeemed()).isEqualTo(1));
    }

    @Test
    void theBudgetHoldsHoweverManyComeAtOnce() throws Exception {
        PromotionId id = planned(Shop.percent("15"), 3, null);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            codes.add(code(id, shop.customer(acme, "Guest" + i)));
        }
        var next = new java.util.concurrent.atomic.AtomicInteger();
        List<Verdict> verdicts = atOnce(
                8,
                () -> redemptions
                        .redeem(codes.get(next.getAndIncrement()), null)
                        .verdict());
        assertThat(verdicts).filteredOn(v -> v == Verdict.REDEEMED).hasSize(3);
        assertThat(verdicts).filteredOn(v -> v == Verdict.SPENT).hasSize(5);
        TestTenants.asOwner(acme, () -> {
            assertThat(promotions.open(id).state()).isEqualTo(PromotionState.SPENT);
            assertThat(results.of(id).redeemed()).isEqualTo(3);
        });
    }

    @Test
    void anOrderThatTheCostBudgetDoesNotBearIsRefusedAndLeavesNoTrace() {
        PromotionId id = planned(Shop.percent("50"), null, "100");
        TestTenants.asOwner(acme, () -> {
            assertThat(redemptions.redeem(code(id, ada), new BigDecimal("150")).verdict())
                    .isEqualTo(Verdict.REDEEMED);
            String second = code(id, ben);
            assertThat(redemptions.redeem(second, new BigDecimal("60")).verdict())
                    .isEqualTo(Verdict.SPENT);
            assertThat(redemptions.check(second).verdict()).isEqualTo(Verdict.VALID);
            assertThat(redemptions.redeem(second, new BigDecimal("50")).verdict())
                    .isEqualTo(Verdict.REDEEMED);
            assertThat(promotions.open(id).cost()).isEqualByComparingTo("100");
        });
    }

    @Test
    void everyOtherAnswerIsSaidInItsOwnWord() {
        PromotionId id = planned(Shop.percent("15"), null, null);
        String code = code(id, ada);
        LocalDate today = LocalDate.now(Shop.ZONE);
        TestTenants.asOwner(acme, () -> {
            char last = code.charAt(code.length() - 1);
            String mistyped = code.substring(0, code.length() - 1) + (last == '7' ? '8' : '7');
            assertThat(redemptions.check(mistyped).verdict()).isEqualTo(Verdict.MISTYPED);
            assertThat(redemptions.redeem("what?", null).verdict()).isEqualTo(Verdict.MISTYPED);
            assertThat(redemptions.check(VoucherCode.random().toString()).verdict())
                    .isEqualTo(Verdict.UNKNOWN);
            valid(id, today.plusDays(1), today.plusDays(2));
            assertThat(redemptions.redeem(code, null).verdict()).isEqualTo(Verdict.NOT_YET);
            valid(id, today.minusDays(2), today.minusDays(1));
            assertThat(redemptions.redeem(code, null).verdict()).isEqualTo(Verdict.EXPIRED);
            valid(id, today, today);
            assertThat(redemptions.check(code).verdict()).isEqualTo(Verdict.VALID);
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> redemptions.redeem(code, new BigDecimal("-1")));
            promotions.cancel(id);
            assertThat(redemptions.redeem(code, null).verdict()).isEqualTo(Verdict.CANCELLED);
        });
    }

    @Test
    void aVoucherOfAnotherBusinessIsUnknownHereAndStaysGoodThere() {
        PromotionId id = planned(Shop.percent("15"), null, null);
        String code = code(id, ada);
        TestTenants.asOwner(globex, () -> {
            assertThat(redemptions.check(code).verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(redemptions.redeem(code, null).verdict()).isEqualTo(Verdict.UNKNOWN);
        });
        long voucher = TestTenants.asOwner(acme, () -> {
            CheckedVoucher now = redemptions.redeem(code, null);
            assertThat(now.verdict()).isEqualTo(Verdict.REDEEMED);
            return java.util.Objects.requireNonNull(now.voucher());
        });
        TestTenants.asOwner(globex, () -> {
            assertThat(redemptions.undo(voucher)).isFalse();
            assertThat(timeline.entries(ada, Instant.now().plusSeconds(60), 10)).isEmpty();
        });
        TestTenants.asOwner(
                acme, () -> assertThat(redemptions.check(code).verdict()).isEqualTo(Verdict.USED));
    }

    @Test
    void aRedemptionIsTakenBackTheSameDayByWhoMay() {
        PromotionId id = planned(new Offer(OfferKind.AMOUNT, new BigDecimal("50"), null, null), 1, null);
        String code = code(id, ada);
        long voucher = TestTenants.as(acme, Role.SUPPORT, () -> {
            CheckedVoucher now = redemptions.redeem(code, new BigDecimal("30"));
            assertThat(now.cost()).isEqualByComparingTo("30");
            long redeemed = java.util.Objects.requireNonNull(now.voucher());
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> redemptions.undo(redeemed));
            return redeemed;
        });
        TestTenants.asOwner(acme, () -> {
            assertThat(redemptions.undo(voucher)).isTrue();
            assertThat(redemptions.undo(voucher)).isFalse();
            assertThat(promotions.open(id).redeemed()).isZero();
            assertThat(promotions.open(id).cost()).isEqualByComparingTo("0");
            assertThat(redemptions.redeem(code, null).verdict()).isEqualTo(Verdict.REDEEMED);
            jdbc.update(
                    "UPDATE voucher SET redeemed_at = redeemed_at - INTERVAL 1 DAY WHERE tenant_id = ?", acme.value());
            assertThat(redemptions.undo(voucher)).isFalse();
        });
        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM voucher_undo WHERE tenant_id = ?", Long.class, acme.value()))
                .isEqualTo(1);
    }

    @Test
    void everybodyGetsOneVoucherHoweverOftenTheirMailIsMade() throws Exception {
        PromotionId id = planned(Shop.percent("15"), null, null);
        List<Map<CustomerId, Map<String, Object>>> made =
                atOnce(6, () -> announcements.variables(id.value(), List.of(ada, ben, new CustomerId(1))));
        assertThat(made)
                .allSatisfy(m -> assertThat(m).isEqualTo(made.getFirst()).containsOnlyKeys(ada, ben));
        assertThat(made.getFirst().get(ada).toString()).contains("offer=15% off");
        TestTenants.asOwner(acme, () -> assertThat(results.of(id).issued()).isEqualTo(2));
    }

    @Test
    void thanksGoToThoseAloneWhoCame() {
        PromotionId id = planned(Shop.percent("15"), null, null);
        String code = code(id, ada);
        code(id, ben);
        TestTenants.asOwner(acme, () -> {
            redemptions.redeem(code, null);
            assertThat(thanks.variables(id.value(), List.of(ada, ben))).containsOnlyKeys(ada);
            SqlFragment audience = thanks.audience(id.value()).orElseThrow();
            assertThat(jdbc.queryForList(
                            audience.sql(), Long.class, audience.params().toArray()))
                    .containsExactly(ada.value());
            assertThat(timeline.entries(ada, Instant.now().plusSeconds(60), 10))
                    .extracting(TimelineEntry::kind, TimelineEntry::title)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("voucher", "Redeemed the voucher of “Thank you day”"),
                            org.assertj.core.groups.Tuple.tuple("voucher", "Voucher of “Thank you day”"));
        });
    }

    @Test
    void whoMayNotRedeemLearnsNothing() {
        TestTenants.as(acme, Role.ANALYST, () -> {
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> redemptions.check("x"));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> redemptions.redeem("x", null));
        });
    }

    private PromotionId planned(Offer offer, @Nullable Integer maxRedemptions, @Nullable String maxCost) {
        return TestTenants.asOwner(acme, () -> {
            PromotionId id = promotions.create(shop.today(offer, maxRedemptions, maxCost));
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

    private void valid(PromotionId id, LocalDate from, LocalDate until) {
        jdbc.update(
                "UPDATE promotion SET valid_from = ?, valid_until = ? WHERE tenant_id = ? AND id = ?",
                from,
                until,
                acme.value(),
                id.value());
    }

    private <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    start.await();
                    return ActingAs.system(acme, () -> {
                        try {
                            return work.call();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    });
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
