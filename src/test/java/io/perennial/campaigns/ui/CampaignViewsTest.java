package io.perennial.campaigns.ui;

import static io.perennial.campaigns.CampaignFixtures.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.accounts.Role;
import io.perennial.campaigns.CampaignControl;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.campaigns.CampaignDetail;
import io.perennial.campaigns.CampaignFixtures;
import io.perennial.campaigns.CampaignId;
import io.perennial.campaigns.CampaignStatus;
import io.perennial.content.TemplateRef;
import io.perennial.kernel.TenantId;
import io.perennial.segments.SegmentId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;

@IntegrationTest
class CampaignViewsTest extends SpringBrowserlessTest {

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignControl control;

    @Autowired
    CampaignFixtures fixtures;

    @Autowired
    TestTenants tenants;

    private TenantId acme;

    @BeforeEach
    void aBusinessWithTwoCustomers() {
        acme = tenants.fresh("Acme");
        fixtures.makeReady(acme);
        fixtures.customer(acme, "ada", "Brno");
        fixtures.customer(acme, "bob", "Praha");
        fixtures.suppress(acme, "bob", "UNSUBSCRIBED");
    }

    @Test
    void anEmptyListLeadsToTheFirstCampaign() {
        TestTenants.asOwner(acme, () -> {
            navigate(CampaignsView.class);
            assertThat(words()).contains("Write to your customers");
        });
    }

    @Test
    void aCampaignIsPlannedOnOnePage() {
        TestTenants.asOwner(acme, () -> {
            fixtures.template();
            SegmentId brno = fixtures.livingIn("Brno");
            UI.getCurrent().navigate("campaigns/new", QueryParameters.of("segment", brno.toString()));
            counted();
            assertThat(words())
                    .contains("1 customer gets it")
                    .contains("3 things are missing")
                    .contains("First choose what they get");
            assertThat(desk.counts()).isEmpty(); // looking makes no campaign

            test(field("Name")).setValue("Spring greetings");
            counted();
            ComboBox<TemplateRef> template = template();
            template.setValue(template.getListDataView().getItem(0));
            counted();
            assertThat(words()).contains("As ada@customers.example gets it");

            DateTimePicker picker = find(DateTimePicker.class).single();
            picker.setValue(LocalDateTime.parse("2027-03-28T02:30"));
            counted();
            assertThat(words()).contains("does not exist on March 28, 2027").contains("Ready to go");

            test(button("Schedule for Mar 28, 2027")).click();
            assertThat(words()).contains("Scheduled").contains("Goes out on Mar 28, 2027");
            CampaignDetail saved = desk.find(List.of(), null, PageRequest.ofSize(10))
                    .getContent()
                    .getFirst();
            assertThat(saved.status()).isEqualTo(CampaignStatus.SCHEDULED);
            assertThat(saved.content().name()).isEqualTo("Spring greetings");
            assertThat(saved.content().include()).containsExactly(brno);
        });
    }

    @Test
    void aTimeInThePastIsSaidAndTheButtonLeadsThere() {
        TestTenants.asOwner(acme, () -> {
            CampaignId id = desk.create(content("Late", fixtures.template()));
            UI.getCurrent().navigate("campaigns/" + id);
            counted();
            find(DateTimePicker.class).single().setValue(LocalDateTime.parse("2020-01-01T09:00"));
            counted();
            assertThat(words()).contains("is in the past").contains("1 unsubscribed");
            test(button("Schedule for")).click();
            assertThat(desk.require(id).status()).isEqualTo(CampaignStatus.DRAFT);
        });
    }

    @Test
    void theProgressPageTellsHowItGoesAndPauses() {
        CampaignId id = TestTenants.asOwner(acme, () -> {
            CampaignId draft = desk.create(content("Spring", fixtures.template()));
            control.schedule(draft, fixtures.tomorrow(acme));
            return draft;
        });
        fixtures.launch(acme, id);
        TestTenants.asOwner(acme, () -> {
            UI.getCurrent().navigate("campaigns/" + id);
            assertThat(words()).contains("0 of 1 done, 1 waiting").contains("1 of 2 is left out");
            test(button("Pause")).click();
            assertThat(words()).contains("Paused");
            test(button("Go on sending")).click();
            assertThat(desk.require(id).status()).isEqualTo(CampaignStatus.SENDING);
            assertThat(test(find(OutcomeGrid.class).single().grid()).size()).isEqualTo(1);
        });
    }

    @Test
    void theListIsFilteredByTheAddress() {
        TestTenants.asOwner(acme, () -> {
            desk.create(content("A draft", fixtures.template()));
            CampaignId id = desk.create(content("A plan", fixtures.template()));
            control.schedule(id, fixtures.tomorrow(acme));
            UI.getCurrent().navigate("campaigns", QueryParameters.of("status", "scheduled"));
            CampaignGrid grid = find(CampaignGrid.class).single();
            assertThat(test(grid).size()).isEqualTo(1);
            assertThat(test(grid).getRow(0).campaign().id()).isEqualTo(id);
            UI.getCurrent().navigate("campaigns", QueryParameters.of("status", "nonsense"));
            assertThat(test(find(CampaignGrid.class).single()).size()).isEqualTo(2);
        });
    }

    @Test
    void anotherBusinesssCampaignIsNotFoundAndAnAnalystMayNotAct() {
        CampaignId id = TestTenants.asOwner(acme, () -> {
            CampaignId draft = desk.create(content("Spring", fixtures.template()));
            control.schedule(draft, fixtures.tomorrow(acme));
            return draft;
        });
        TestTenants.as(acme, Role.ANALYST, () -> {
            UI.getCurrent().navigate("campaigns/" + id);
            assertThat(words()).contains("Spring");
            assertThat(find(Button.class).all().stream()
                            .filter(b -> b.isVisible() && b.getText().equals("Cancel campaign")))
                    .isEmpty();
        });
        TestTenants.asOwner(tenants.fresh("Globex"), () -> {
            UI.getCurrent().navigate("campaigns/" + id);
            assertThat(words()).contains("There is no such campaign").doesNotContain("Spring");
            UI.getCurrent().navigate("campaigns/no-number");
            assertThat(words()).contains("There is no such campaign");
        });
    }

    /** Waits until the page's last change has been counted beside it. */
    private void counted() {
        await().pollInSameThread().atMost(Duration.ofMinutes(2)).until(() -> {
            roundTrip();
            return find(LiveResult.class)
                            .single()
                            .getElement()
                            .getTextRecursively()
                            .contains("left out")
                    && !find(LiveResult.class).single().isWaiting();
        });
    }

    private String words() {
        return UI.getCurrent().getInternals().getActiveRouterTargetsChain().getFirst() instanceof Component page
                ? page.getElement().getTextRecursively()
                : "";
    }

    private Button button(String beginning) {
        return find(Button.class).all().stream()
                .filter(b -> b.getText().startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    private TextField field(String label) {
        return find(TextField.class).all().stream()
                .filter(f -> label.equals(f.getLabel()))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private ComboBox<TemplateRef> template() {
        return find(ComboBox.class).single();
    }
}
