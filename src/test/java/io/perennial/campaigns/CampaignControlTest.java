package io.perennial.campaigns;

import static io.perennial.campaigns.CampaignFixtures.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Role;
import io.perennial.campaigns.CampaignPlanner.Origin;
import io.perennial.campaigns.CampaignPlanner.Plan;
import io.perennial.campaigns.Occurrences.Due;
import io.perennial.content.TemplateId;
import io.perennial.content.Templates;
import io.perennial.delivery.Outbox;
import io.perennial.delivery.RunFinished;
import io.perennial.delivery.RunState;
import io.perennial.kernel.TenantId;
import io.perennial.segments.SegmentArchive;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentInUse;
import io.perennial.segments.Segments;
import io.perennial.segments.UsedBy;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.PageRequest;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class CampaignControlTest {

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignPreviews previews;

    @Autowired
    CampaignControl control;

    @Autowired
    CampaignLaunch launch;

    @Autowired
    CampaignTriggers triggers;

    @Autowired
    FrozenContents contents;

    @Autowired
    Segments segments;

    @Autowired
    SegmentArchive archive;

    @Autowired
    Templates templates;

    @Autowired
    Outbox outbox;

    @Autowired
    CampaignFixtures fixtures;

    @Autowired
    TestTenants tenants;

    @Autowired
    ApplicationEventPublisher events;

    TenantId acme;
    TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        fixtures.makeReady(acme);
        fixtures.makeReady(globex);
        fixtures.customer(acme, "ada", "Brno");
        fixtures.customer(globex, "gus", "Brno");
    }

    @Test
    void aDraftKeepsWhatWasFilledIn() {
        TestTenants.asOwner(acme, () -> {
            SegmentId brno = fixtures.livingIn("Brno");
            SegmentId praha = fixtures.livingIn("Praha");
            CampaignContent content = new CampaignContent(
                    "Spring",
                    fixtures.template(),
                    List.of(brno),
                    List.of(praha),
                    "news",
                    LocalDateTime.parse("2027-03-28T02:30"),
                    MissedPolicy.ASK,
                    7);
            CampaignId id = desk.create(content);
            assertThat(desk.require(id).content()).isEqualTo(content);
            CampaignContent changed = content("Summer", content.template(), praha, brno);
            desk.change(id, changed);
            assertThat(desk.require(id).content()).isEqualTo(changed);
            assertThat(desk.require(id).createdBy()).isEqualTo("OWNER");
        });
    }

    @Test
    void aDraftWhoseSegmentWasDeletedGoesToNobodyUntilItIsSaidAgainWhoGetsIt() {
        TestTenants.asOwner(acme, () -> {
            SegmentId brno = fixtures.livingIn("Brno");
            SegmentId again = fixtures.livingIn("Brno");
            CampaignId id = desk.create(content("Spring", fixtures.template(), brno));
            assertThat(archive.usesOf(brno))
                    .containsExactly(new UsedBy("the draft campaign “Spring”", "campaigns/" + id, UsedBy.Weight.NAMES));
            archive.delete(brno);
            CampaignContent left = desk.require(id).content();
            assertThat(left.include()).isEmpty();
            assertThatExceptionOfType(CampaignNotReady.class)
                    .isThrownBy(() -> control.schedule(id, fixtures.tomorrow(acme)))
                    .withMessageContaining("has been deleted");
            desk.change(id, left);
            assertThatExceptionOfType(CampaignNotReady.class)
                    .as("saving it as it is says nothing new")
                    .isThrownBy(() -> control.schedule(id, fixtures.tomorrow(acme)));
            desk.change(id, content("Spring", left.template(), again));
            control.schedule(id, fixtures.tomorrow(acme));
            assertThat(desk.require(id).status()).isEqualTo(CampaignStatus.SCHEDULED);
        });
    }

    @Test
    void aDraftThatNamesAnArchivedSegmentWaitsUntilItIsRestored() {
        TestTenants.asOwner(acme, () -> {
            SegmentId brno = fixtures.livingIn("Brno");
            CampaignId id = desk.create(content("Spring", fixtures.template(), brno));
            archive.archive(brno);
            assertThatExceptionOfType(CampaignNotReady.class)
                    .isThrownBy(() -> control.schedule(id, fixtures.tomorrow(acme)))
                    .withMessageContaining("is archived");
            archive.restore(brno);
            control.schedule(id, fixtures.tomorrow(acme));
        });
    }

    @Test
    void aSegmentIsKeptForACampaignThatMayStillNeedItAndNotForOneThatIsOver() {
        TestTenants.asOwner(acme, () -> {
            SegmentId brno = fixtures.livingIn("Brno");
            CampaignId id = desk.create(content("Spring", fixtures.template(), brno));
            control.schedule(id, fixtures.tomorrow(acme));
            assertThatExceptionOfType(SegmentInUse.class).isThrownBy(() -> archive.delete(brno));
            assertThatExceptionOfType(SegmentInUse.class).isThrownBy(() -> archive.archive(brno));
            assertThat(archive.usesOf(brno))
                    .containsExactly(new UsedBy("the campaign “Spring”", "campaigns/" + id, UsedBy.Weight.NEEDS));
            control.cancel(id);
            assertThat(archive.usesOf(brno)).isEmpty();
            archive.delete(brno);
            assertThat(desk.require(id).status()).isEqualTo(CampaignStatus.CANCELLED);
            // A copy without its segment would go to everybody.
            assertThatExceptionOfType(CampaignNotReady.class)
                    .isThrownBy(() -> desk.copy(id))
                    .withMessageContaining("segment");
        });
    }

    @Test
    void aCopyGoesWithoutATemplateThatIsGone() {
        TestTenants.asOwner(acme, () -> {
            TemplateId template = fixtures.template();
            CampaignId id = desk.create(content("Spring", template, fixtures.livingIn("Brno")));
            CampaignId sent = desk.create(content("Sent", template, fixtures.livingIn("Brno")));
            control.schedule(sent, fixtures.tomorrow(acme));
            templates.delete(template);
            assertThat(desk.require(id).content().template()).isNull();
            assertThat(desk.require(desk.copy(id)).content().template()).isNull();
            // What was frozen is sent all the same.
            assertThat(desk.require(sent).status()).isEqualTo(CampaignStatus.SCHEDULED);
            assertThat(desk.templateChangedSince(sent)).isTrue();
        });
    }

    @Test
    void whatIsMissingIsSaidWhenScheduling() {
        TestTenants.asOwner(acme, () -> {
            CampaignId id = desk.create(CampaignContent.blank());
            assertThatExceptionOfType(CampaignNotReady.class)
                    .isThrownBy(() -> control.schedule(id, LocalDateTime.parse("2020-01-01T09:00")))
                    .satisfies(e -> assertThat(e.problems())
                            .anyMatch(p -> p.contains("name"))
                            .anyMatch(p -> p.contains("template"))
                            .anyMatch(p -> p.contains("in the past")));
            assertThat(desk.require(id).status()).isEqualTo(CampaignStatus.DRAFT);
            assertThat(triggers.isArmed(acme, id)).isFalse();
        });
    }

    @Test
    void anEmptyAudienceIsRefused() {
        notReady(
                "Nobody is in these segments",
                () -> content("Spring", fixtures.template(), fixtures.livingIn("Ostrava")));
        fixtures.suppress(acme, "ada", "COMPLAINED");
        notReady("The one customer in these segments is left out", () -> content("Spring", fixtures.template()));
    }

    @Test
    void aTemplateThatDoesNotCompileIsRefused() {
        notReady("The template cannot be sent yet", () -> content("Spring", fixtures.brokenTemplate()));
    }

    @Test
    void aVouchersVariablesAreRefusedWhereNobodyFillsThemIn() {
        String gap = "{{ voucher.code }} and {{ voucher.expires | date_long }}";
        notReady(
                "only there {{ voucher.code }}, {{ voucher.expires }}",
                () -> content("Spring", fixtures.templateSaying("Offer", gap)));
        notReady(
                "only there {{ voucher.offer }}",
                () -> content(
                        "Spring",
                        fixtures.templateSaying(
                                "In a condition of another",
                                "{% if customer.city %}" + "{{ voucher.offer }}{% endif %}")));
        // A thank-you knows the offer but has no code.
        TestTenants.asOwner(acme, () -> {
            CampaignContent thanks = content("Thanks", fixtures.templateSaying("Offer", gap));
            CampaignId id = desk.create(thanks, new Origin("promotion_thanks", 42));
            assertThat(desk.problems(id, thanks, desk.audience(List.of(), List.of(), null), true))
                    .extracting(CampaignProblem::message)
                    .containsExactly(
                            "The mail “Thanks” cannot fill in {{ voucher.code }}: everybody would get a gap. Choose another "
                                    + "template for it.");
            CampaignContent caredFor = content(
                    "Spring",
                    fixtures.templateSaying(
                            "Cared for",
                            "{% if voucher.code %}{{ voucher.code }}{% endif %} {{ voucher.offer | default: 'a gift' }}"));
            assertThat(desk.problems(null, caredFor, desk.audience(List.of(), List.of(), null), true))
                    .isEmpty();
        });
    }

    @Test
    void thePreviewOfABrokenOrDeletedTemplateSaysSoAndTheRestOfThePageIsStillRead() {
        TestTenants.asOwner(acme, () -> {
            CampaignContent broken = content("Spring", fixtures.brokenTemplate());
            assertThat(previews.of(broken, 0).problem()).contains("cannot be shown");
            CampaignContent gone = content("Spring", new TemplateId(1));
            assertThat(previews.of(gone, 0).problem()).isNotBlank();
            assertThat(desk.problems(null, gone, desk.audience(List.of(), List.of(), null), true))
                    .anyMatch(p -> p.place() == CampaignProblem.Place.CONTENT);
        });
    }

    @Test
    void aBusinessWithoutPostalAddressIsRefused() {
        fixtures.update("UPDATE business SET postal_address = NULL, sender_email = NULL WHERE id = ?", acme);
        notReady("postal address", () -> content("Spring", fixtures.template()));
        notReady("sender", () -> content("Spring", fixtures.template()));
    }

    @Test
    void aTimeInTheGapIsScheduledAtTheDocumentedInstant() {
        TestTenants.asOwner(acme, () -> {
            CampaignId id = desk.create(content("Night", fixtures.template()));
            control.schedule(id, LocalDateTime.parse("2027-03-28T02:30"));
            assertThat(desk.require(id).when())
                    .isEqualTo(PlannedTime.of(
                            LocalDateTime.parse("2027-03-28T02:30"), java.time.ZoneId.of("Europe/Prague")))
                    .satisfies(w -> assertThat(w.at()).isEqualTo("2027-03-28T01:30:00Z"));
        });
    }

    @Test
    void laterEditsOfTheTemplateDoNotChangeWhatIsSent() {
        TestTenants.asOwner(acme, () -> {
            CampaignId id = scheduled();
            String before = contents.find(acme, id).orElseThrow().mjml();
            fixtures.changeTemplate();
            assertThat(contents.find(acme, id).orElseThrow().mjml()).isEqualTo(before);
            control.backToDraft(id);
            assertThat(triggers.isArmed(acme, id)).isFalse();
            control.schedule(id, fixtures.tomorrow(acme));
            assertThat(contents.find(acme, id).orElseThrow().mjml()).isNotEqualTo(before);
        });
    }

    @Test
    void pauseResumeAndCancelReachTheRun() {
        CampaignId id = launched();
        TestTenants.asOwner(acme, () -> {
            control.pause(id);
            assertThat(state(id)).isEqualTo(RunState.PAUSED);
            assertThatExceptionOfType(WrongCampaignState.class).isThrownBy(() -> control.pause(id));
            control.resume(id);
            assertThat(state(id)).isEqualTo(RunState.SENDING);
            control.cancel(id);
            assertThat(state(id)).isEqualTo(RunState.CANCELLED);
            control.cancel(id);
            assertThat(desk.require(id).status()).isEqualTo(CampaignStatus.CANCELLED);
        });
    }

    @Test
    void aFinishedRunFinishesItsCampaign() {
        CampaignId id = launched();
        TestTenants.asOwner(
                acme,
                () -> events.publishEvent(
                        new RunFinished(acme, desk.require(id).run(), CampaignComposer.KIND, id.value())));
        TestTenants.asOwner(acme, () -> assertThat(desk.require(id).status()).isEqualTo(CampaignStatus.DONE));
    }

    @Test
    void promotionsPlanThroughThePort() {
        TestTenants.asOwner(acme, () -> {
            Origin origin = new Origin("promotion", 42);
            CampaignPlanner planner = control;
            CampaignId id = planner.draft(new Plan("Day", fixtures.template(), List.of(), List.of(), null, origin));
            planner.schedule(id, fixtures.tomorrow(acme));
            assertThat(planner.of(origin)).containsExactly(id);
            assertThat(desk.require(id).origin()).isEqualTo(origin);
            planner.cancel(id);
            assertThat(desk.require(id).status()).isEqualTo(CampaignStatus.CANCELLED);
        });
        TestTenants.asOwner(
                globex,
                () -> assertThat(control.of(new Origin("promotion", 42))).isEmpty());
    }

    @Test
    void anAnalystLooksButMayNotSend() {
        CampaignId id = TestTenants.asOwner(acme, this::scheduled);
        for (Role role : List.of(Role.ANALYST, Role.SUPPORT)) {
            TestTenants.as(acme, role, () -> {
                assertThat(desk.require(id).status()).isEqualTo(CampaignStatus.SCHEDULED);
                List<Consumer<CampaignId>> deeds = List.of(
                        i -> control.schedule(i, fixtures.tomorrow(acme)),
                        control::sendNow,
                        control::pause,
                        control::resume,
                        control::cancel,
                        control::backToDraft,
                        i -> control.draft(new Plan("X", fixtures.template(), List.of(), List.of(), null, null)),
                        i -> desk.create(CampaignContent.blank()),
                        i -> desk.change(i, CampaignContent.blank()),
                        desk::copy,
                        desk::delete);
                deeds.forEach(deed ->
                        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> deed.accept(id)));
            });
        }
    }

    @Test
    void anotherBusinessCannotTouchIt() {
        CampaignId id = TestTenants.asOwner(acme, this::scheduled);
        SegmentId foreignSegment = TestTenants.asOwner(acme, () -> fixtures.livingIn("Brno"));
        var foreignTemplate = TestTenants.asOwner(acme, fixtures::template);
        TestTenants.asOwner(globex, () -> {
            List<Consumer<CampaignId>> deeds = List.of(
                    desk::require,
                    i -> desk.change(i, CampaignContent.blank()),
                    desk::copy,
                    desk::delete,
                    i -> control.schedule(i, fixtures.tomorrow(acme)),
                    control::sendNow,
                    control::backToDraft,
                    control::pause,
                    control::resume,
                    control::cancel,
                    i -> desk.create(content("Foreign", foreignTemplate)),
                    i -> desk.create(content("Foreign", fixtures.template(), foreignSegment)));
            deeds.forEach(deed ->
                    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> deed.accept(id)));
            assertThat(desk.find(List.of(), null, PageRequest.of(0, 10))).isEmpty();
            assertThat(desk.counts()).isEmpty();
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> launch.comeDue(new Due(acme, id, java.time.Instant.now())));
        });
        TestTenants.asOwner(acme, () -> assertThat(desk.require(id).status()).isEqualTo(CampaignStatus.SCHEDULED));
    }

    @Test
    void findsByStatusAndName() {
        TestTenants.asOwner(acme, () -> {
            CampaignId spring = scheduled();
            CampaignId odd = desk.create(content("100% off_now!", fixtures.template()));
            assertThat(desk.find(List.of(CampaignStatus.SCHEDULED), "", PageRequest.of(0, 10)))
                    .extracting(CampaignDetail::id)
                    .containsExactly(spring);
            assertThat(desk.find(List.of(), "% off_", PageRequest.of(0, 10)))
                    .extracting(CampaignDetail::id)
                    .containsExactly(odd);
            assertThat(desk.find(List.of(), "nothing", PageRequest.of(0, 10))).isEmpty();
            assertThat(desk.counts())
                    .containsEntry(CampaignStatus.SCHEDULED, 1L)
                    .containsEntry(CampaignStatus.DRAFT, 1L);
        });
    }

    @Test
    void aDraftIsDeletedAndACopyStartsAnew() {
        TestTenants.asOwner(acme, () -> {
            CampaignId id = scheduled();
            CampaignId copy = desk.copy(id);
            assertThat(desk.require(copy).status()).isEqualTo(CampaignStatus.DRAFT);
            assertThat(desk.require(copy).content().name()).isEqualTo("Copy of Spring");
            assertThatExceptionOfType(WrongCampaignState.class).isThrownBy(() -> desk.delete(id));
            desk.delete(copy);
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> desk.require(copy));
        });
    }

    private CampaignId scheduled() {
        CampaignId id = desk.create(content("Spring", fixtures.template()));
        control.schedule(id, fixtures.tomorrow(acme));
        return id;
    }

    private CampaignId launched() {
        CampaignId id = TestTenants.asOwner(acme, this::scheduled);
        Due due = fixtures.wasDue(acme, id, Duration.ofSeconds(2));
        TestTenants.asOwner(acme, () -> launch.comeDue(due));
        return id;
    }

    private RunState state(CampaignId id) {
        return outbox.progress(desk.require(id).run()).state();
    }

    private void notReady(String words, java.util.function.Supplier<CampaignContent> content) {
        TestTenants.asOwner(acme, () -> {
            CampaignId id = desk.create(content.get());
            assertThatExceptionOfType(CampaignNotReady.class)
                    .isThrownBy(() -> control.schedule(id, fixtures.tomorrow(acme)))
                    .withMessageContaining(words);
            assertThatExceptionOfType(CampaignNotReady.class)
                    .isThrownBy(() -> control.sendNow(id))
                    .withMessageContaining(words);
            assertThat(desk.require(id).status()).isEqualTo(CampaignStatus.DRAFT);
        });
    }
}
