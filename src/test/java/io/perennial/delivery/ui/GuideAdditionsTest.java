package io.perennial.delivery.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.accounts.AuditEntry;
import io.perennial.accounts.AuditQuery;
import io.perennial.accounts.AuditTrail;
import io.perennial.accounts.Backstage;
import io.perennial.delivery.PageLook;
import io.perennial.delivery.PageLooks;
import io.perennial.delivery.sender.LocalDns;
import io.perennial.delivery.sender.SenderDomain;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.domain.PageRequest;

/** The look of customers' pages, and what the DNS says of the sender, as steps of the guide of a new business. */
@IntegrationTest
class GuideAdditionsTest extends SpringBrowserlessTest {

    private static final byte[] DOT = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @Autowired
    PageLooks looks;

    @Autowired
    ApplicationContext application;

    @Autowired
    Backstage backstage;

    @Autowired
    AuditTrail audit;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;

    @BeforeEach
    void twoNewBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @Test
    void theColourIsSavedWithTheStepAndLeavesWhatElseIsSetOfThePages() {
        TestTenants.asOwner(globex, () -> looks.change("#aa0000", false, true));
        TestTenants.asOwner(acme, () -> {
            looks.logo(DOT);
            looks.change(null, true, false);
            open("brand");
            assertThat(find(Button.class).withText("Remove the logo").all()).hasSize(1);
            test(find(TextArea.class).single()).setValue("Acme\nRoad 1\nBrno");
            test(colour()).setValue("#0A5F9E");
            press("Save and go on");
            assertThat(step()).as("the first that is open").isEqualTo("Your business");
            PageLooks.Setting now = looks.setting();
            assertThat(now.look().accent()).isEqualTo("#0a5f9e");
            assertThat(now.look().logo()).startsWith("data:image/png");
            assertThat(now.signUp()).isTrue();
            assertThat(now.confirmed()).isFalse();
            assertThat(audit.page(AuditQuery.all(), PageRequest.of(0, 50)))
                    .extracting(AuditEntry::deed)
                    .contains("delivery.deed.pages_changed", "delivery.deed.logo_changed");
        });
        TestTenants.asOwner(globex, () -> assertThat(looks.setting().look()).isEqualTo(PageLook.of("#aa0000", null)));
    }

    @Test
    void whatIsNoColourIsSaidBesideTheFieldAndNothingIsSaved() {
        TestTenants.asOwner(acme, () -> {
            open("brand");
            test(find(TextArea.class).single()).setValue("Acme\nRoad 1\nBrno");
            test(colour()).setValue("green");
            press("Save and go on");
            assertThat(step()).isEqualTo("Your brand");
            assertThat(colour().isInvalid()).isTrue();
            assertThat(looks.setting().look().accent()).isNull();
        });
    }

    @Test
    void aPaleColourIsSaidToBePaleAndADarkerOneIsOffered() {
        TestTenants.asOwner(acme, () -> {
            open("brand");
            test(colour()).setValue("#ffe066");
            String darker = PageLook.darkened("#ffe066");
            assertThat(PageLook.isPale("#ffe066")).isTrue();
            assertThat(PageLook.contrast(darker, "#ffffff"))
                    .isGreaterThanOrEqualTo(3)
                    .isCloseTo(3, within(0.1));
            press("Take " + darker + ", a shade darker");
            assertThat(colour().getValue()).isEqualTo(darker);
            assertThat(find(Button.class).all())
                    .extracting(Button::getText)
                    .noneMatch(text -> text.endsWith("a shade darker"));
        });
    }

    @Test
    void beforeThereIsASenderTheStepSaysWhatFollowsAndAfterwardsHowItStands() {
        TestTenants.asOwner(acme, () -> {
            open("sender");
            assertThat(find(SenderStanding.class).all()).isEmpty();
            test(find(EmailField.class).single()).setValue("hello@acme.example");
            press("Save and go on");
            assertThat(find(SenderStanding.class).single().getElement().getTextRecursively())
                    .contains("acme.example");
        });
        TestTenants.asOwner(globex, () -> {
            open("sender");
            assertThat(find(SenderStanding.class).all()).isEmpty();
        });
    }

    @Test
    void whatTheDnsSaysStandsThereWithTheWayToPutItRight() {
        try (LocalDns dns = new LocalDns()) {
            dns.txt("acme.example", "v=spf1 mx ~all");
            dns.txt("_dmarc.acme.example", "v=DMARC1; p=quarantine");
            SenderDomain domain = dns.domain(application);
            TestTenants.asOwner(acme, () -> {
                open("sender");
                test(find(EmailField.class).single()).setValue("hello@acme.example");
                press("Save and go on");
                SenderStanding standing = new SenderStanding("acme.example", domain, backstage);
                standing.show(domain.check());
                assertThat(standing.getElement().getTextRecursively())
                        .contains("acme.example is not ready yet: one record in its DNS")
                        .contains("SPFRight", "DKIMTo put right", "DMARCRight");
                assertThat(find(Anchor.class, standing).single().getHref()).isEqualTo("settings/sending#dns");
            });
        }
    }

    private static void open(String step) {
        UI.getCurrent().navigate("welcome", QueryParameters.of("step", step));
    }

    private String step() {
        return find(ListItem.class).all().stream()
                .filter(item -> item.hasClassName("open"))
                .map(item -> find(H2.class, item).single().getText())
                .findFirst()
                .orElse("");
    }

    private TextField colour() {
        return find(TextField.class).withCaption("Colour of buttons").single();
    }

    private void press(String text) {
        test(find(Button.class).withText(text).single()).click();
    }
}
