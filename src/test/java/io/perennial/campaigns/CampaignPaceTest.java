package io.perennial.campaigns;

import static io.perennial.campaigns.CampaignFixtures.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Role;
import io.perennial.customers.ConsentTopic;
import io.perennial.delivery.ContactRules.Cap;
import io.perennial.delivery.QuietHours;
import io.perennial.delivery.pace.Limits;
import io.perennial.delivery.pace.OperatorQueue;
import io.perennial.delivery.pace.PaceSettings;
import io.perennial.delivery.pace.PaceSettings.Refused;
import io.perennial.delivery.pace.PaceSettings.Wishes;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.uikit.Tone;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;

/** The frequency cap and quiet hours, seen before a campaign goes out. */
@IntegrationTest
class CampaignPaceTest {

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignControl control;

    @Autowired
    PaceSettings settings;

    @Autowired
    CampaignFixtures fixtures;

    @Autowired
    TestTenants tenants;

    @Autowired
    OperatorQueue operator;

    @Autowired
    CampaignsAtHome home;

    private TenantId acme;
    private TenantId globex;
    private CustomerId ada;

    @BeforeEach
    void twoBusinessesWithTwoCustomersEach() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        ada = withTwoCustomers(acme);
        withTwoCustomers(globex);
    }

    private CustomerId withTwoCustomers(TenantId tenant) {
        fixtures.makeReady(tenant);
        fixtures.customer(tenant, "bob", "Brno");
        return fixtures.customer(tenant, "ada", "Brno");
    }

    private void wish(@Nullable QuietHours quiet, @Nullable Cap cap) {
        TestTenants.asOwner(acme, () -> settings.save(new Wishes(Limits.NONE, Map.of(), Map.of(), quiet, cap)));
    }

    private void sendOne(TenantId tenant) {
        CampaignId id = TestTenants.asOwner(tenant, () -> {
            CampaignId draft = desk.create(content("First", fixtures.template()));
            control.schedule(draft, fixtures.tomorrow(tenant));
            return draft;
        });
        fixtures.launch(tenant, id);
    }

    private CampaignContent everybody(boolean exempt) {
        return new CampaignContent(
                "Second", null, List.of(), List.of(), ConsentTopic.NEWS, null, MissedPolicy.ASK, 4, exempt);
    }

    @Test
    void whoHasHadEnoughIsLeftOutCountedAndNotQueued() {
        sendOne(acme);
        sendOne(globex);
        wish(null, new Cap(1, 7));
        AudienceCount count = TestTenants.asOwner(acme, () -> desk.audience(everybody(false), true));
        assertThat(count.mailed()).isZero();
        assertThat(count.frequency()).isEqualTo(2);
        assertThat(count.picked()).isEqualTo(2);
        assertThat(TestTenants.asOwner(acme, () -> desk.audience(everybody(true), true))
                        .mailed())
                .as("exempt")
                .isEqualTo(2);
        assertThat(TestTenants.asOwner(globex, () -> desk.audience(everybody(false), true))
                        .mailed())
                .as("the cap of another business")
                .isEqualTo(2);
        wish(null, new Cap(2, 7));
        assertThat(TestTenants.asOwner(acme, () -> desk.audience(everybody(false), true))
                        .mailed())
                .isEqualTo(2);
    }

    @Test
    void aLaunchedCampaignLeavesOutWhoHasHadEnoughAndKeepsTheCount() {
        sendOne(acme);
        wish(null, new Cap(1, 7));
        fixtures.customer(acme, "cyd", "Brno");
        CampaignId second = TestTenants.asOwner(acme, () -> {
            CampaignId draft = desk.create(content("Second", fixtures.templateSaying("Other", "Hi")));
            control.schedule(draft, fixtures.tomorrow(acme));
            return draft;
        });
        fixtures.launch(acme, second);
        CampaignDetail launched = TestTenants.asOwner(acme, () -> desk.require(second));
        AudienceCount frozen = launched.audience();
        assertThat(frozen).isNotNull();
        assertThat(frozen.mailed()).isEqualTo(1);
        assertThat(frozen.frequency()).isEqualTo(2);
    }

    @Test
    void whoseNightItIsGetsItLater() {
        LocalTime prague = LocalTime.now(ZoneId.of("Europe/Prague"));
        wish(new QuietHours(prague.minusMinutes(30), prague.plusMinutes(30), false), null);
        assertThat(TestTenants.asOwner(acme, () -> desk.audience(everybody(false), true))
                        .later())
                .isEqualTo(2);
        LocalTime utc = LocalTime.now(ZoneOffset.UTC);
        wish(new QuietHours(utc.minusMinutes(20), utc.plusMinutes(30), true), null);
        fixtures.update("UPDATE customer SET zone = 'UTC' WHERE tenant_id = ? AND id = " + ada, acme);
        AudienceCount count = TestTenants.asOwner(acme, () -> desk.audience(everybody(false), true));
        assertThat(count.later()).isEqualTo(1);
        assertThat(count.mailed()).isEqualTo(2);
        assertThat(TestTenants.asOwner(acme, () -> desk.audience(everybody(true), true))
                        .later())
                .isZero();
    }

    @Test
    void homeSaysThatNothingGoesOutWhileSomethingWaitsToAndOnlyToThatBusiness() {
        fixtures.update(
                "INSERT INTO sending_grant (tenant_id, weight, paused_reason, paused_by, paused_at) "
                        + "VALUES (?, 1, 'Too many complaints', 'Viktor', UTC_TIMESTAMP(6))",
                acme);
        List.of(acme, globex)
                .forEach(tenant -> TestTenants.asOwner(tenant, () -> {
                    control.schedule(desk.create(content("Next week", fixtures.template())), fixtures.tomorrow(tenant));
                    return true;
                }));
        assertThat(TestTenants.asOwner(acme, home::tasks))
                .filteredOn(task -> task.tone() == Tone.BAD)
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.text()).contains("Too many complaints");
                    assertThat(task.count()).isEqualTo(1);
                    assertThat(task.href()).isEqualTo("campaigns?status=scheduled");
                });
        assertThat(TestTenants.asOwner(globex, home::tasks)).noneMatch(task -> task.tone() == Tone.BAD);
    }

    @Test
    void limitsStayBelowTheOperatorsCeilingAndAreRefusedToWhoMayNot() {
        TestTenants.asOwner(acme, () -> {
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(
                            () -> settings.save(new Wishes(new Limits(0, null, null), Map.of(), Map.of(), null, null)));
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> settings.save(new Wishes(Limits.NONE, Map.of(), Map.of(), null, new Cap(0, 7))));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> operator.grant(acme, 1, 100, null));
        });
        fixtures.update("INSERT INTO sending_grant (tenant_id, weight, max_per_hour) VALUES (?, 1, 500)", acme);
        TestTenants.asOwner(acme, () -> {
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() ->
                            settings.save(new Wishes(new Limits(null, 501, null), Map.of(), Map.of(), null, null)))
                    .withMessageContaining("500");
            settings.save(new Wishes(new Limits(null, 500, null), Map.of(), Map.of(), null, null));
            assertThat(settings.wishes().limits().perHour()).isEqualTo(500);
        });
        TestTenants.asOwner(globex, () -> assertThat(settings.wishes().limits()).isEqualTo(Limits.NONE));
        TestTenants.as(
                acme,
                Role.MARKETER,
                () -> assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> settings.save(settings.wishes())));
    }
}
