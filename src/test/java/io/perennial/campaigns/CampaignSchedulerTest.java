package io.perennial.campaigns;

import static io.perennial.campaigns.CampaignFixtures.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.jdbcjobstore.JobStoreSupport;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** The real scheduler on the real store. */
@IntegrationTest
class CampaignSchedulerTest {

    @Autowired
    Scheduler scheduler;

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignControl control;

    @Autowired
    CampaignTriggers triggers;

    @Autowired
    CampaignFixtures fixtures;

    @Autowired
    TestTenants tenants;

    @Autowired
    TransactionTemplate transactions;

    @AfterEach
    void putToSleep() throws SchedulerException {
        scheduler.standby();
    }

    @Test
    void isClusteredOnTheDatabase() throws SchedulerException {
        assertThat(scheduler.getMetaData().isJobStoreClustered()).isTrue();
        assertThat(JobStoreSupport.class)
                .isAssignableFrom(scheduler.getMetaData().getJobStoreClass());
    }

    @Test
    void wakesTheCampaignAtItsTime() throws SchedulerException {
        TenantId acme = tenants.fresh("Acme");
        fixtures.makeReady(acme);
        fixtures.customer(acme, "ada", "Brno");
        scheduler.start();
        CampaignId id = TestTenants.asOwner(acme, () -> {
            CampaignId draft = desk.create(content("Soon", fixtures.template()));
            control.schedule(draft, fixtures.tomorrow(acme));
            return draft;
        });
        Instant soon = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS);
        transactions.executeWithoutResult(status -> {
            fixtures.dueAt(acme, id, soon);
            triggers.arm(new Occurrences.Due(acme, id, soon));
        });
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> TestTenants.asOwner(acme, () -> {
                    CampaignDetail detail = desk.require(id);
                    assertThat(detail.status().isLaunched()).isTrue();
                    assertThat(detail.launchedAt()).isBetween(soon, soon.plusSeconds(60));
                }));
    }

    @Test
    void sendsNowWithinSeconds() throws SchedulerException {
        TenantId acme = tenants.fresh("Acme");
        fixtures.makeReady(acme);
        fixtures.customer(acme, "ada", "Brno");
        scheduler.start();
        CampaignId id = TestTenants.asOwner(acme, () -> {
            CampaignId draft = desk.create(content("Now", fixtures.template()));
            control.sendNow(draft);
            return draft;
        });
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> TestTenants.asOwner(
                        acme,
                        () -> assertThat(desk.require(id).status().isLaunched()).isTrue()));
    }

    @Test
    void aTransactionUndoneLeavesNoTrigger() {
        TenantId acme = tenants.fresh("Acme");
        CampaignId id = new CampaignId(77);
        transactions.executeWithoutResult(status -> {
            triggers.arm(new Occurrences.Due(acme, id, Instant.now().plusSeconds(3_600)));
            status.setRollbackOnly();
        });
        assertThat(triggers.isArmed(acme, id)).isFalse();
    }
}
