package io.perennial.campaigns;

import static io.perennial.campaigns.CampaignFixtures.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.campaigns.CampaignPlanner.Origin;
import io.perennial.campaigns.CampaignPlanner.Plan;
import io.perennial.delivery.MessageComposer.Composed;
import io.perennial.delivery.MessageComposer.Composition;
import io.perennial.delivery.Recipient;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.CurrentTenant;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class CampaignComposerTest {

    @Autowired
    CampaignComposer composer;

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignControl control;

    @Autowired
    CampaignFixtures fixtures;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    CustomerId ada;
    CustomerId bob;

    @BeforeEach
    void aBusiness() {
        acme = tenants.fresh("Acme");
        fixtures.makeReady(acme);
        ada = fixtures.customer(acme, "ada", "Brno");
        bob = fixtures.customer(acme, "bob", "Brno");
    }

    @Test
    void eachGetsTheirOwnMailWithTheLinksOfTheirMessage() {
        CampaignId id = TestTenants.asOwner(acme, () -> {
            CampaignId draft = desk.create(content("Spring", fixtures.template()));
            control.schedule(draft, fixtures.tomorrow(acme));
            return draft;
        });
        List<Composed> mails = compose(id, ada, new CustomerId(7), bob);
        assertThat(mails.get(0)).isInstanceOfSatisfying(Composed.Message.class, mail -> {
            assertThat(mail.html()).contains("Hello ada").contains("https://leave.example/" + ada);
            assertThat(mail.text()).contains("Hello ada");
        });
        assertThat(mails.get(1)).isInstanceOf(Composed.Skipped.class);
        assertThat(mails.get(2))
                .isInstanceOfSatisfying(
                        Composed.Message.class,
                        mail -> assertThat(mail.html()).contains("Hello bob").contains("https://leave.example/" + bob));
    }

    @Test
    void anOriginAddsItsVariablesAndOnePersonsFaultStaysWithThem() {
        CustomerId cyd = fixtures.customer(acme, "cyd", "Brno");
        CampaignId id = TestTenants.asOwner(acme, () -> {
            CampaignId draft = control.draft(new Plan(
                    "Day",
                    fixtures.templateSaying("Voucher", "Your code {{ voucher.code }},"),
                    List.of(),
                    List.of(),
                    null,
                    new Origin(Offers.KIND, 42)));
            control.schedule(draft, fixtures.tomorrow(acme));
            return draft;
        });
        List<Composed> mails = compose(id, ada, bob, cyd);
        assertThat(mails.get(0))
                .isInstanceOfSatisfying(
                        Composed.Message.class, mail -> assertThat(mail.html()).contains("Your code SPRING-42"));
        assertThat(mails.get(1)).isInstanceOf(Composed.Failed.class);
        assertThat(mails.get(2)).isEqualTo(new Composed.Skipped("There is no offer for this customer."));
    }

    @Test
    void anotherBusinessesCampaignIsNotOpened() {
        CampaignId id = TestTenants.asOwner(acme, () -> {
            CampaignId draft = desk.create(content("Spring", fixtures.template()));
            control.schedule(draft, fixtures.tomorrow(acme));
            return draft;
        });
        CurrentTenant.asTenant(
                tenants.fresh("Globex"),
                () -> assertThatExceptionOfType(NoSuchElementException.class)
                        .isThrownBy(() -> composer.open(id.value())));
    }

    private List<Composed> compose(CampaignId id, CustomerId... people) {
        return CurrentTenant.asTenant(acme, () -> {
            Composition composition = composer.open(id.value());
            return composition.compose(List.of(people).stream()
                    .map(p -> new Recipient(
                            p.value(),
                            p,
                            p + "@customers.example",
                            "https://leave.example/" + p,
                            "https://choose.example/" + p))
                    .toList());
        });
    }
}
