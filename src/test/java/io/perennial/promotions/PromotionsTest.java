package io.perennial.promotions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.perennial.accounts.Role;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.campaigns.CampaignDetail;
import io.perennial.campaigns.CampaignStatus;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.promotions.PromotionProblem.Place;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule;
import io.perennial.segments.SegmentArchive;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentInUse;
import io.perennial.segments.Segments;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class PromotionsTest {

    @Autowired
    Promotions promotions;

    @Autowired
    PromotionResults results;

    @Autowired
    YearlyPromotions yearly;

    @Autowired
    CampaignDesk campaigns;

    @Autowired
    Segments segments;

    @Autowired
    SegmentArchive archive;

    @Autowired
    Shop shop;

    @Autowired
    JdbcTemplate jdbc;

    TenantId acme;
    TenantId globex;

    @BeforeEach
    void twoShops() {
        acme = shop.open("Acme");
        globex = shop.open("Globex");
        shop.customer(acme, "Ada");
        shop.customer(globex, "Gus");
    }

    @Test
    void planningSchedulesTheMailsAtTheTenantsTimes() {
        TestTenants.asOwner(acme, () -> {
            PromotionContent content = shop.today(Shop.percent("15"), null, null);
            PromotionId id = promotions.create(content);
            assertThat(promotions.open(id).content()).isEqualTo(content);
            assertThat(promotions.open(id).state()).isEqualTo(PromotionState.DRAFT);
            PromotionDetails planned = promotions.plan(id);
            assertThat(planned.state()).isEqualTo(PromotionState.PLANNED);
            CampaignDetail announcement = campaigns.require(planned.announcement());
            assertThat(announcement.status()).isEqualTo(CampaignStatus.SCHEDULED);
            assertThat(announcement.content().planned()).isCloseTo(content.announceAt(), within(1, ChronoUnit.MINUTES));
            assertThat(campaigns.require(planned.thanks()).content().planned()).isEqualTo(content.thankAt());
        });
    }

    @Test
    void aPromotionIsAnnouncedBeforeItRunsAndOverAfterwards() {
        LocalDateTime noon = LocalDateTime.of(2030, 5, 10, 12, 0);
        Promotion promotion = Promotion.draft(
                new PromotionContent(
                        "May",
                        noon.toLocalDate(),
                        false,
                        List.of(),
                        List.of(),
                        null,
                        Shop.percent("10"),
                        noon.toLocalDate(),
                        noon.toLocalDate().plusDays(1),
                        null,
                        null,
                        null,
                        noon.minusDays(3),
                        null,
                        null),
                null,
                java.time.Instant.now());
        assertThat(promotion.state(noon)).isEqualTo(PromotionState.DRAFT);
        promotion.planned(new io.perennial.campaigns.CampaignId(1), null, java.time.Instant.now());
        assertThat(promotion.state(noon.minusDays(4))).isEqualTo(PromotionState.PLANNED);
        assertThat(promotion.state(noon.minusDays(2))).isEqualTo(PromotionState.ANNOUNCED);
        assertThat(promotion.state(noon)).isEqualTo(PromotionState.RUNNING);
        assertThat(promotion.state(noon.plusDays(1))).isEqualTo(PromotionState.RUNNING);
        assertThat(promotion.state(noon.plusDays(2))).isEqualTo(PromotionState.OVER);
    }

    @Test
    void takingBackOrCancellingTakesBackTheMails() {
        TestTenants.asOwner(acme, () -> {
            LocalDate day = LocalDate.now(Shop.ZONE).plusDays(10);
            PromotionId id = promotions.create(moved(shop.today(Shop.percent("15"), null, null), day));
            PromotionDetails planned = promotions.plan(id);
            assertThat(planned.state()).isEqualTo(PromotionState.PLANNED);
            PromotionDetails reopened = promotions.reopen(id);
            assertThat(reopened.state()).isEqualTo(PromotionState.DRAFT);
            assertThat(campaigns.require(planned.announcement()).status()).isEqualTo(CampaignStatus.CANCELLED);
            PromotionDetails again = promotions.plan(id);
            assertThat(promotions.cancel(id).state()).isEqualTo(PromotionState.CANCELLED);
            assertThat(campaigns.require(again.announcement()).status()).isEqualTo(CampaignStatus.CANCELLED);
            assertThat(campaigns.require(again.thanks()).status()).isEqualTo(CampaignStatus.CANCELLED);
            assertThatExceptionOfType(WrongPromotionState.class).isThrownBy(() -> promotions.cancel(id));
            assertThatExceptionOfType(WrongPromotionState.class).isThrownBy(() -> promotions.delete(id));
        });
    }

    @Test
    void badInputIsRefusedAtItsPlaceInWords() {
        TestTenants.asOwner(acme, () -> {
            PromotionContent good = shop.today(Shop.percent("15"), null, null);
            assertThat(places(good)).isEmpty();
            assertThat(places(offering(good, Shop.percent("101")))).containsExactly(Place.OFFER);
            assertThat(places(offering(good, Shop.percent("0")))).containsExactly(Place.OFFER);
            assertThat(places(offering(good, new Offer(OfferKind.AMOUNT, new BigDecimal("-1"), null, null))))
                    .containsExactly(Place.OFFER);
            assertThat(places(offering(good, new Offer(OfferKind.GIFT, null, " ", null))))
                    .containsExactly(Place.OFFER);
            assertThat(places(moved(good, LocalDate.now(Shop.ZONE).minusDays(20))))
                    .contains(Place.DAY, Place.VALIDITY, Place.ANNOUNCEMENT);
            assertThat(places(shop.today(Shop.percent("15"), 0, null))).containsExactly(Place.BUDGET);
            Offer hundred = new Offer(OfferKind.AMOUNT, new BigDecimal("100"), null, null);
            assertThat(places(shop.today(hundred, null, "50"))).containsExactly(Place.BUDGET);
            SegmentId nobody = segments.create("Nobody", Rule.Condition.of(Rule.Field.CITY, Operator.IS, "Atlantis"))
                    .id();
            assertThat(places(to(good, nobody))).containsExactly(Place.AUDIENCE);
            PromotionId id = promotions.create(to(good, nobody));
            assertThatExceptionOfType(PromotionNotReady.class)
                    .isThrownBy(() -> promotions.plan(id))
                    .withMessageContaining("Nobody is in the chosen segments");
            assertThat(promotions.open(id).state()).isEqualTo(PromotionState.DRAFT);
            assertThatExceptionOfType(PromotionNotReady.class)
                    .isThrownBy(() -> promotions.create(offering(good, Shop.percent("101"))));
        });
    }

    @Test
    void aSegmentThatAPromotionNeedsStays() {
        TestTenants.asOwner(acme, () -> {
            SegmentId all = segments.create("All", Rule.everybody()).id();
            SegmentId others = segments.create("Others", Rule.everybody()).id();
            PromotionContent content = to(shop.today(Shop.percent("15"), null, null), all);
            PromotionId planned = promotions.create(content);
            promotions.plan(planned);
            assertThatExceptionOfType(SegmentInUse.class)
                    .isThrownBy(() -> archive.delete(all))
                    .withMessageContaining("Thank you day");
            assertThatExceptionOfType(SegmentInUse.class).isThrownBy(() -> archive.archive(all));
            promotions.cancel(planned);
            PromotionId draft = promotions.create(content);
            archive.delete(all);
            assertThatExceptionOfType(PromotionNotReady.class)
                    .as("it would be for everybody")
                    .isThrownBy(() -> promotions.plan(draft))
                    .withMessageContaining("has been deleted");
            promotions.change(draft, to(content, others), promotions.open(draft).version());
            promotions.plan(draft);
        });
    }

    @Test
    void aYearlyPromotionIsPlannedOnceForTheNextYear() {
        TestTenants.asOwner(acme, () -> {
            PromotionContent content = shop.today(Shop.percent("15"), null, null);
            PromotionId id = promotions.create(yearly(content));
            promotions.plan(id);
            jdbc.update(
                    "UPDATE promotion SET celebrated_on = ?, valid_from = ?, valid_until = ?, announce_at = ?, "
                            + "thank_at = ? WHERE tenant_id = ? AND id = ?",
                    content.day().minusDays(30),
                    content.day().minusDays(30),
                    content.day().minusDays(29),
                    content.day().minusDays(35).atTime(9, 0).toString(),
                    content.day().minusDays(20).atTime(9, 0).toString(),
                    acme.value(),
                    id.value());
            yearly.repeat();
            yearly.repeat();
            assertThat(promotions.all()).hasSize(2);
            PromotionDetails next = promotions.all().getFirst();
            assertThat(next.content().day())
                    .isEqualTo(content.day().minusDays(30).plusYears(1));
            assertThat(next.state()).isEqualTo(PromotionState.PLANNED);
        });
    }

    @Test
    void theRevenueOfHoldersIsThatOfTheDaysVouchersAreValid() {
        CustomerId ada = shop.customer(acme, "Ada");
        PromotionId id = TestTenants.asOwner(acme, () -> {
            PromotionId made = promotions.create(shop.today(Shop.percent("15"), null, null));
            promotions.plan(made);
            return made;
        });
        jdbc.update(
                "INSERT INTO voucher (tenant_id, id, promotion_id, customer_id, code, issued_at) "
                        + "VALUES (?, 1, ?, ?, ?, UTC_TIMESTAMP(6))",
                acme.value(),
                id.value(),
                ada.value(),
                VoucherCode.random().value());
        LocalDate today = LocalDate.now(Shop.ZONE);
        LocalDateTime startUtc =
                LocalDateTime.ofInstant(today.atStartOfDay(Shop.ZONE).toInstant(), java.time.ZoneOffset.UTC);
        shop.order(acme, ada, "120", startUtc);
        shop.order(acme, ada, "7", startUtc.minusSeconds(1));
        TestTenants.asOwner(acme, () -> {
            PromotionResult result = results.of(id);
            assertThat(result.issued()).isEqualTo(1);
            assertThat(result.redeemed()).isZero();
            assertThat(result.mailed()).isNull();
            assertThat(result.redemptionRate()).isZero();
            assertThat(result.holdersRevenue()).isEqualByComparingTo("120");
        });
    }

    @Test
    void promotionsOfOtherBusinessesDoNotExist() {
        PromotionId foreign =
                TestTenants.asOwner(globex, () -> promotions.create(shop.today(Shop.percent("15"), 5, null)));
        SegmentId theirs = TestTenants.asOwner(
                globex, () -> segments.create("Theirs", Rule.everybody()).id());
        TestTenants.asOwner(acme, () -> {
            assertThat(promotions.all()).isEmpty();
            PromotionContent own = shop.today(Shop.percent("15"), null, null);
            List<Runnable> attempts = List.of(
                    () -> promotions.open(foreign),
                    () -> promotions.change(foreign, own, 0),
                    () -> promotions.plan(foreign),
                    () -> promotions.reopen(foreign),
                    () -> promotions.cancel(foreign),
                    () -> promotions.delete(foreign),
                    () -> results.of(foreign),
                    () -> promotions.create(to(own, theirs)));
            assertThat(attempts)
                    .allSatisfy(attempt -> assertThatExceptionOfType(NoSuchElementException.class)
                            .isThrownBy(attempt::run));
        });
        TestTenants.asOwner(
                globex, () -> assertThat(promotions.open(foreign).state()).isEqualTo(PromotionState.DRAFT));
    }

    @Test
    void whoMayOnlyReadPlansNothing() {
        PromotionContent content = TestTenants.asOwner(acme, () -> shop.today(Shop.percent("15"), null, null));
        PromotionId id = TestTenants.asOwner(acme, () -> promotions.create(content));
        TestTenants.as(acme, Role.SUPPORT, () -> {
            assertThat(promotions.all()).hasSize(1);
            List<Runnable> attempts = List.of(
                    () -> promotions.create(content),
                    () -> promotions.change(id, content, 0),
                    () -> promotions.plan(id),
                    () -> promotions.reopen(id),
                    () -> promotions.cancel(id),
                    () -> promotions.delete(id));
            assertThat(attempts)
                    .allSatisfy(attempt -> assertThatExceptionOfType(AccessDeniedException.class)
                            .isThrownBy(attempt::run));
        });
    }

    private List<Place> places(PromotionContent content) {
        return promotions.problems(content, promotions.audience(content)).stream()
                .map(PromotionProblem::place)
                .toList();
    }

    private static PromotionContent offering(PromotionContent c, Offer offer) {
        return with(c, c.day(), c.yearly(), c.include(), offer, d -> d);
    }

    private static PromotionContent to(PromotionContent c, SegmentId segment) {
        return with(c, c.day(), c.yearly(), List.of(segment), c.offer(), d -> d);
    }

    private static PromotionContent yearly(PromotionContent c) {
        return with(c, c.day(), true, c.include(), c.offer(), d -> d);
    }

    /** The same on another day, all its times moved alike. */
    private static PromotionContent moved(PromotionContent c, LocalDate day) {
        long days = java.time.temporal.ChronoUnit.DAYS.between(c.day(), day);
        return with(c, day, c.yearly(), c.include(), c.offer(), d -> d.plusDays(days));
    }

    private static PromotionContent with(
            PromotionContent c,
            LocalDate day,
            boolean yearly,
            List<SegmentId> include,
            Offer offer,
            UnaryOperator<LocalDateTime> move) {
        @Nullable LocalDateTime thankAt = c.thankAt();
        return new PromotionContent(
                c.name(),
                day,
                yearly,
                include,
                c.exclude(),
                c.topic(),
                offer,
                move.apply(c.validFrom().atStartOfDay()).toLocalDate(),
                move.apply(c.validUntil().atStartOfDay()).toLocalDate(),
                c.maxRedemptions(),
                c.maxCost(),
                c.announceWith(),
                move.apply(c.announceAt()),
                c.thankWith(),
                thankAt == null ? null : move.apply(thankAt));
    }
}
