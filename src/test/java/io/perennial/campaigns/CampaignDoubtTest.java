package io.perennial.campaigns;

import static io.perennial.campaigns.CampaignFixtures.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.Role;
import io.perennial.delivery.DoubtChoice;
import io.perennial.delivery.RunFinished;
import io.perennial.delivery.RunId;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.access.AccessDeniedException;

/** What staff decide about the mails of a campaign that are in doubt. */
@IntegrationTest
class CampaignDoubtTest {

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignControl control;

    @Autowired
    CampaignReports reports;

    @Autowired
    CampaignFixtures fixtures;

    @Autowired
    TestTenants tenants;

    @Autowired
    ApplicationEventPublisher events;

    private TenantId acme;
    private CampaignId campaign;

    /** A campaign that is over, with one mail of two in doubt. */
    @BeforeEach
    void doneWithADoubt() {
        acme = tenants.fresh("Acme");
        fixtures.makeReady(acme);
        fixtures.customer(acme, "ada", "Brno");
        fixtures.customer(acme, "bob", "Brno");
        campaign = TestTenants.asOwner(acme, () -> {
            CampaignId id = desk.create(content("Spring", fixtures.template()));
            control.schedule(id, fixtures.tomorrow(acme));
            return id;
        });
        fixtures.launch(acme, campaign);
        fixtures.update(
                "UPDATE message SET state = IF(email LIKE 'ada%', 'IN_DOUBT', 'SENT'), sent_at = UTC_TIMESTAMP(6) "
                        + "WHERE tenant_id = ?",
                acme);
        fixtures.update("UPDATE delivery_run SET state = 'DONE' WHERE tenant_id = ?", acme);
        fixtures.update("UPDATE delivery_cursor SET claimed_to = last_id, sent = 1 WHERE tenant_id = ?", acme);
        RunId run = new RunId(fixtures.count("SELECT id FROM delivery_run WHERE tenant_id = ?", acme.value()));
        ActingAs.system(
                acme, () -> events.publishEvent(new RunFinished(acme, run, CampaignComposer.KIND, campaign.value())));
        assertThat(status()).isEqualTo(CampaignStatus.DONE);
    }

    private CampaignStatus status() {
        return TestTenants.asOwner(acme, () -> desk.require(campaign).status());
    }

    private long inDoubt() {
        return TestTenants.asOwner(
                acme, () -> reports.progress(campaign).orElseThrow().inDoubt());
    }

    @Test
    void sentAgainItIsUnderWayOnceMore() {
        assertThat(TestTenants.asOwner(acme, () -> control.settleDoubt(campaign, DoubtChoice.SEND_AGAIN)))
                .isEqualTo(1);
        assertThat(status()).isEqualTo(CampaignStatus.SENDING);
        assertThat(inDoubt()).isZero();
    }

    @Test
    void countedAsSentItStaysOver() {
        TestTenants.asOwner(acme, () -> control.settleDoubt(campaign, DoubtChoice.COUNT_AS_SENT));
        assertThat(status()).isEqualTo(CampaignStatus.DONE);
        assertThat(TestTenants.asOwner(
                        acme, () -> reports.progress(campaign).orElseThrow().sent()))
                .isEqualTo(2);
    }

    @Test
    void othersMayNot() {
        TenantId globex = tenants.fresh("Globex");
        TestTenants.asOwner(
                globex,
                () -> assertThatExceptionOfType(NoSuchElementException.class)
                        .isThrownBy(() -> control.settleDoubt(campaign, DoubtChoice.SEND_AGAIN)));
        TestTenants.as(
                acme,
                Role.ANALYST,
                () -> assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> control.settleDoubt(campaign, DoubtChoice.SEND_AGAIN)));
        assertThat(inDoubt()).isEqualTo(1);
    }
}
