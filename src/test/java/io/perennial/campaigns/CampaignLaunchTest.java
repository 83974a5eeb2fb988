package io.perennial.campaigns;

import static io.perennial.campaigns.CampaignFixtures.content;
import static io.perennial.campaigns.CampaignFixtures.withPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.ActingAs;
import io.perennial.campaigns.Occurrences.Due;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class CampaignLaunchTest {

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignControl control;

    @Autowired
    CampaignLaunch launch;

    @Autowired
    CampaignRecovery recovery;

    @Autowired
    CampaignTriggers triggers;

    @Autowired
    CampaignFixtures fixtures;

    @Autowired
    TestTenants tenants;

    TenantId acme;

    @BeforeEach
    void aBusinessWithTwoCustomers() {
        acme = tenants.fresh("Acme");
        fixtures.makeReady(acme);
        fixtures.customer(acme, "ada", "Brno");
        fixtures.customer(acme, "bob", "Brno");
    }

    @Test
    void launchesOnceHoweverOftenItFires() {
        CampaignId id = scheduled(MissedPolicy.SEND_LATE, 4);
        Due due = fixtures.wasDue(acme, id, Duration.ofSeconds(2));
        comeDue(due);
        CampaignDetail first = detail(id);
        assertThat(first.status()).isEqualTo(CampaignStatus.SENDING);
        assertThat(first.audience())
                .isNotNull()
                .extracting(AudienceCount::mailed)
                .isEqualTo(2L);
        comeDue(due);
        recovery.sweep();
        assertThat(detail(id).run()).isEqualTo(first.run());
        assertThat(occurrences(id)).isEqualTo(1);
    }

    @Test
    void twoNodesAtOnceMakeOneRun() throws Exception {
        for (int round = 0; round < 5; round++) {
            CampaignId id = scheduled(MissedPolicy.SEND_LATE, 4);
            Due due = fixtures.wasDue(acme, id, Duration.ofSeconds(2));
            List<Callable<Object>> nodes = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                nodes.add(() -> {
                    comeDue(due);
                    return true;
                });
            }
            try (var threads = Executors.newFixedThreadPool(4)) {
                for (Future<Object> node : threads.invokeAll(nodes)) {
                    node.get();
                }
            }
            assertThat(detail(id).status()).isEqualTo(CampaignStatus.SENDING);
            assertThat(occurrences(id)).isEqualTo(1);
        }
    }

    @Test
    void anOccurrenceClaimedBeforeIsNotLaunchedAgain() {
        CampaignId id = scheduled(MissedPolicy.SEND_LATE, 4);
        Due due = fixtures.wasDue(acme, id, Duration.ofSeconds(2));
        comeDue(due);
        // As after a restored backup: the campaign's row is old, the claim is there.
        fixtures.update(
                "UPDATE campaign SET status = 'SCHEDULED', run_id = NULL WHERE tenant_id = ? AND id = ?", acme, id);
        comeDue(due);
        assertThat(detail(id).run()).isNull();
    }

    @Test
    void aClockAheadOfTheDatabaseDoesNotLaunchEarly() {
        CampaignId id = scheduled(MissedPolicy.SEND_LATE, 4);
        comeDue(fixtures.wasDue(acme, id, Duration.ofMinutes(-5)));
        assertThat(detail(id).status()).isEqualTo(CampaignStatus.SCHEDULED);
        fixtures.wasDue(acme, id, Duration.ofMinutes(1));
        recovery.sweep();
        assertThat(detail(id).status()).isEqualTo(CampaignStatus.SENDING);
    }

    @Test
    void aTriggerOfAnEarlierPlanDoesNothing() {
        CampaignId id = scheduled(MissedPolicy.SEND_LATE, 4);
        Due old = fixtures.wasDue(acme, id, Duration.ofSeconds(5));
        TestTenants.asOwner(acme, () -> control.schedule(id, fixtures.tomorrow(acme)));
        comeDue(old);
        assertThat(detail(id).status()).isEqualTo(CampaignStatus.SCHEDULED);
    }

    @Test
    void afterSixHoursDownThePolicyDecides() {
        CampaignId within = scheduled(MissedPolicy.SEND_LATE, 12);
        CampaignId beyond = scheduled(MissedPolicy.SEND_LATE, 4);
        CampaignId skip = scheduled(MissedPolicy.SKIP, 4);
        CampaignId ask = scheduled(MissedPolicy.ASK, 4);
        List.of(within, beyond, skip, ask).forEach(id -> fixtures.wasDue(acme, id, Duration.ofHours(6)));
        recovery.sweep();
        assertThat(detail(within).status()).isEqualTo(CampaignStatus.SENDING);
        assertThat(detail(beyond).status()).isEqualTo(CampaignStatus.MISSED);
        assertThat(detail(skip).status()).isEqualTo(CampaignStatus.CANCELLED);
        assertThat(detail(skip).note()).contains("you asked to skip it");
        assertThat(detail(ask).status()).isEqualTo(CampaignStatus.MISSED);
        assertThat(detail(ask).note()).contains("nothing could be sent until");
        TestTenants.asOwner(acme, () -> {
            control.sendNow(ask);
            control.cancel(beyond);
        });
        comeDue(new Due(acme, ask, when(ask)));
        assertThat(detail(ask).status()).isEqualTo(CampaignStatus.SENDING);
        assertThat(occurrences(ask)).isEqualTo(2);
        assertThat(detail(beyond).status()).isEqualTo(CampaignStatus.CANCELLED);
    }

    @Test
    void aFewMinutesLateIsOnTimeForEveryPolicy() {
        CampaignId skip = scheduled(MissedPolicy.SKIP, 4);
        comeDue(fixtures.wasDue(acme, skip, Duration.ofMinutes(10)));
        assertThat(detail(skip).status()).isEqualTo(CampaignStatus.SENDING);
    }

    @Test
    void anAudienceEmptyAtTheTimeIsDoneWithNobodyAndSaid() {
        CampaignId id = scheduled(MissedPolicy.SEND_LATE, 4);
        fixtures.suppress(acme, "ada", "UNSUBSCRIBED");
        fixtures.suppress(acme, "bob", "BOUNCED");
        comeDue(fixtures.wasDue(acme, id, Duration.ofSeconds(2)));
        CampaignDetail detail = detail(id);
        assertThat(detail.status()).isEqualTo(CampaignStatus.DONE);
        assertThat(detail.note()).contains("Nobody was in the audience");
        assertThat(detail.audience()).isEqualTo(new AudienceCount(0, 0, 0, 1, 1, 0, 0, 0));
        assertThat(detail.run()).isNull();
    }

    @Test
    void aSenderTakenAwayMeanwhileAsksForADecision() {
        CampaignId id = scheduled(MissedPolicy.SEND_LATE, 4);
        fixtures.update("UPDATE business SET postal_address = NULL WHERE id = ?", acme);
        comeDue(fixtures.wasDue(acme, id, Duration.ofSeconds(2)));
        assertThat(detail(id).status()).isEqualTo(CampaignStatus.MISSED);
        assertThat(detail(id).note()).contains("postal address");
    }

    private CampaignId scheduled(MissedPolicy policy, int hours) {
        return TestTenants.asOwner(acme, () -> {
            CampaignId id = desk.create(withPolicy(content("Spring", fixtures.template()), policy, hours));
            control.schedule(id, fixtures.tomorrow(acme));
            assertThat(triggers.isArmed(acme, id)).isTrue();
            return id;
        });
    }

    private void comeDue(Due due) {
        ActingAs.system(acme, () -> launch.comeDue(due));
    }

    private CampaignDetail detail(CampaignId id) {
        return TestTenants.asOwner(acme, () -> desk.require(id));
    }

    private Instant when(CampaignId id) {
        PlannedTime when = detail(id).when();
        assertThat(when).isNotNull();
        return when.at();
    }

    private long occurrences(CampaignId id) {
        return fixtures.count(
                "SELECT COUNT(*) FROM campaign_occurrence WHERE tenant_id = ? AND campaign_id = ?",
                acme.value(),
                id.value());
    }
}
