package io.perennial.delivery.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Role;
import io.perennial.delivery.sender.DkimKey;
import io.perennial.delivery.sender.Encryption;
import io.perennial.delivery.sender.OwnServers;
import io.perennial.delivery.sender.SenderDomain;
import io.perennial.delivery.sender.SenderServers;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestTenants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class SendingViewTest extends SpringBrowserlessTest {

    @Autowired
    Businesses businesses;

    @Autowired
    TestTenants tenants;

    @Autowired
    SenderServers servers;

    @Autowired
    SenderDomain domain;

    @Autowired
    OwnServers own;

    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        TestTenants.asOwner(acme, () -> {
            Business b = businesses.current();
            businesses.update(new Business(
                    b.id(),
                    b.name(),
                    b.country(),
                    b.locale(),
                    b.zone(),
                    b.currency(),
                    null,
                    "Shop",
                    "hello@röstwerk.example",
                    null,
                    null));
        });
    }

    @AfterEach
    void stop() {
        smtp.close();
    }

    private Button button(String text) {
        return find(Button.class).withText(text).single();
    }

    private TextField text(String label) {
        return find(TextField.class)
                .withCondition(f -> label.equals(f.getLabel()))
                .single();
    }

    @SuppressWarnings("unchecked")
    private RadioButtonGroup<Boolean> which() {
        return find(RadioButtonGroup.class).single();
    }

    @Test
    void anOwnServerIsEnteredAndItsPasswordIsNeverShownAgain() {
        TestTenants.asOwner(acme, () -> {
            navigate(SendingView.class);
            which().setValue(true);
            test(text("Host")).setValue("127.0.0.1");
            find(IntegerField.class).single().setValue(smtp.port());
            find(Select.class).single().setValue(Encryption.NONE);
            test(text("User name")).setValue("ada");
            find(PasswordField.class).single().setValue("swordfish");
            test(button("Save and send over it")).click();
            assertThat(find(PasswordField.class).single().getValue()).isEmpty();
            assertThat(find(PasswordField.class).single().getHelperText()).contains("One is stored");
        });
        assertThat(own.access(acme).password()).isEqualTo("swordfish");
        assertThat(own.access(globex)).isNull();
        TestTenants.asOwner(acme, () -> {
            Main page = navigate(SendingView.class);
            assertThat(which().getValue()).isTrue();
            assertThat(page.getElement().getOuterHTML()).doesNotContain("swordfish");
        });
    }

    @Test
    void keysShowTheirRecordsUntilTheyAreSeen() {
        TestTenants.asOwner(acme, () -> {
            domain.makeKeys();
            navigate(SendingView.class);
            for (DkimKey key : domain.keys()) {
                assertThat(key.domain()).isEqualTo("xn--rstwerk-90a.example");
                assertThat(find(Code.class).all())
                        .extracting(Code::getText)
                        .contains(key.recordName(), key.recordValue());
            }
            assertThat(find(Button.class).withText("Sign without waiting").all())
                    .hasSize(2);
        });
    }

    @Test
    void withoutASenderAddressThePageSaysWhatComesFirstAndShowsNothingOfOthers() {
        TestTenants.asOwner(acme, () -> domain.makeKeys());
        TestTenants.asOwner(globex, () -> {
            navigate(SendingView.class);
            assertThat(find(Code.class).all()).isEmpty();
            assertThat(find(H2.class).all()).extracting(H2::getText).contains("No sender address yet");
        });
    }

    @Test
    void whoMayOnlyLookSeesNothingToPress() {
        TestTenants.asOwner(acme, () -> domain.makeKeys());
        TestTenants.as(acme, Role.MARKETER, () -> {
            navigate(SendingView.class);
            assertThat(which().isReadOnly()).isTrue();
            assertThat(find(Button.class).all())
                    .extracting(Button::getText)
                    .doesNotContain("Save and send over it", "Sign without waiting", "Test the connection");
        });
    }
}
