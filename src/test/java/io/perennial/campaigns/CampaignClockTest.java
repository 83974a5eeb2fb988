package io.perennial.campaigns;

import static io.perennial.campaigns.CampaignFixtures.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Clocks that jump, and clocks that disagree, with the real scheduler. */
@IntegrationTest
class CampaignClockTest {

    private static final ZoneId PRAGUE = ZoneId.of("Europe/Prague");

    @Autowired
    Scheduler scheduler;

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignControl control;

    @Autowired
    CampaignTriggers triggers;

    @Autowired
    CampaignRecovery recovery;

    @Autowired
    CampaignFixtures fixtures;

    @Autowired
    TestTenants tenants;

    @Autowired
    TransactionTemplate transactions;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        acme = business("Acme");
        globex = business("Globex");
    }

    private TenantId business(String name) {
        TenantId tenant = tenants.fresh(name);
        fixtures.makeReady(tenant);
        fixtures.customer(tenant, "ada", "Brno");
        return tenant;
    }

    @AfterEach
    void putToSleep() throws SchedulerException {
        scheduler.standby();
    }

    private CampaignId scheduled(TenantId tenant, LocalDateTime when) {
        return TestTenants.asOwner(tenant, () -> {
            CampaignId draft = desk.create(content("At night", fixtures.template()));
            control.schedule(draft, when);
            return draft;
        });
    }

    private Trigger trigger(TenantId tenant, CampaignId id) throws SchedulerException {
        return scheduler.getTrigger(TriggerKey.triggerKey(tenant + "-" + id, "campaigns"));
    }

    private static ZoneOffsetTransition next(boolean gap) {
        ZoneOffsetTransition transition = PRAGUE.getRules().nextTransition(Instant.now());
        return transition.isGap() == gap ? transition : PRAGUE.getRules().nextTransition(transition.getInstant());
    }

    private long occurrences(TenantId tenant, CampaignId id) {
        return fixtures.count(
                "SELECT COUNT(*) FROM campaign_occurrence WHERE tenant_id = ? AND campaign_id = ?",
                tenant.value(),
                id.value());
    }

    private boolean isLaunched(TenantId tenant, CampaignId id) {
        return TestTenants.asOwner(tenant, () -> desk.require(id).status().isLaunched());
    }

    @Test
    void halfPastTwoThatDoesNotExistInSpringFiresOnceAtHalfPastThree() throws Exception {
        LocalDate day = next(true).getDateTimeBefore().toLocalDate();
        CampaignId id = scheduled(acme, day.atTime(2, 30));
        firesOnceAt(id, day.atTime(3, 30).atZone(PRAGUE).toInstant());
    }

    @Test
    void halfPastTwoThatComesTwiceInAutumnFiresOnceAtTheFirst() throws Exception {
        LocalDate day = next(false).getDateTimeBefore().toLocalDate();
        CampaignId id = scheduled(acme, day.atTime(2, 30));
        firesOnceAt(
                id,
                day.atTime(2, 30).atZone(PRAGUE).withEarlierOffsetAtOverlap().toInstant());
    }

    private void firesOnceAt(CampaignId id, Instant expected) throws Exception {
        assertThat(trigger(acme, id).getNextFireTime().toInstant()).isEqualTo(expected);
        assertThat(trigger(acme, id).getFireTimeAfter(Date.from(expected)))
                .as("a second time")
                .isNull();
        CampaignId others = scheduled(globex, fixtures.tomorrow(globex));
        // The hour comes.
        Instant soon = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.MILLIS);
        transactions.executeWithoutResult(status -> {
            fixtures.dueAt(acme, id, soon);
            triggers.arm(new Occurrences.Due(acme, id, soon));
        });
        scheduler.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> isLaunched(acme, id));
        recovery.sweep();
        // Quartz takes a trigger away when its job has returned, a moment after what the job did is seen.
        await("nothing is left to fire").atMost(Duration.ofMinutes(2)).until(() -> trigger(acme, id) == null);
        assertThat(occurrences(acme, id)).isEqualTo(1);
        assertThat(isLaunched(globex, others)).isFalse();
    }

    @Test
    void nodesWhoseClocksAreFiveMinutesApartMakeOneRun() throws Exception {
        CampaignId id = scheduled(acme, fixtures.tomorrow(acme));
        Instant planned = Instant.now().plus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.MILLIS);
        fixtures.dueAt(acme, id, planned);
        // By the clock of a node that is five minutes ahead it is time.
        Trigger early = firing(id, planned, "ahead");
        scheduler.scheduleJob(early);
        scheduler.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> scheduler.getTrigger(early.getKey()) == null);
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofMinutes(2)).until(() -> !isLaunched(acme, id));
        assertThat(occurrences(acme, id)).isZero();

        // Five minutes later a node with the right time does it, and one that is behind finds it done.
        Occurrences.Due due = fixtures.wasDue(acme, id, Duration.ofSeconds(30));
        recovery.sweep();
        assertThat(isLaunched(acme, id)).isTrue();
        Trigger late = firing(id, due.plannedAt(), "behind");
        scheduler.scheduleJob(late);
        await().atMost(Duration.ofMinutes(2)).until(() -> scheduler.getTrigger(late.getKey()) == null);
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofMinutes(2)).until(() -> occurrences(acme, id) == 1);
        assertThat(fixtures.count(
                        "SELECT COUNT(*) FROM delivery_run WHERE tenant_id = ? AND reference = ?",
                        acme.value(),
                        id.value()))
                .isEqualTo(1);
    }

    private Trigger firing(CampaignId id, Instant planned, String node) {
        return TriggerBuilder.newTrigger()
                .withIdentity(acme + "-" + id + "-" + node, "campaigns")
                .forJob(JobKey.jobKey("launch", "campaigns"))
                .usingJobData("tenant", acme.toString())
                .usingJobData("campaign", id.toString())
                .usingJobData("plannedAt", planned.toString())
                .startNow()
                .build();
    }
}
