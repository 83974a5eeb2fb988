package io.perennial.accounts.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Invitation;
import io.perennial.accounts.Invitations;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class SettingsViewTest extends SpringBrowserlessTest {

    @Autowired
    Businesses businesses;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    Invitations invitations;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @Test
    void anOwnerChangesTheirBusinessAndNoOther() {
        Business foreign = businesses.require(globex);
        TestTenants.asOwner(acme, () -> {
            navigate(SettingsView.class);
            test(text("Business name")).setValue("Acme Coffee");
            test(text("Website")).setValue("https://acme.example");
            test(email("Sender address")).setValue("hello@acme.example");
            test(button("Save settings")).click();
        });
        Business acmeNow = businesses.require(acme);
        assertThat(acmeNow.name()).isEqualTo("Acme Coffee");
        assertThat(acmeNow.website()).isEqualTo("https://acme.example");
        assertThat(acmeNow.senderEmail()).isEqualTo("hello@acme.example");
        assertThat(acmeNow.replyTo()).isNull();
        assertThat(businesses.require(globex)).isEqualTo(foreign);
    }

    @Test
    void whatCannotBeIsSaidAtItsFieldAndNotSaved() {
        Business before = businesses.require(acme);
        TestTenants.asOwner(acme, () -> {
            navigate(SettingsView.class);
            test(text("Business name")).setValue("   ");
            test(text("Website")).setValue("javascript:alert(1)");
            test(text("Sender name")).setValue("x".repeat(121));
            test(email("Answers go to")).setValue("not an address");
            test(button("Save settings")).click();
            assertThat(text("Business name").isInvalid()).isTrue();
            assertThat(text("Website").getErrorMessage()).contains("https://");
            assertThat(text("Sender name").isInvalid()).isTrue();
            assertThat(email("Answers go to").getErrorMessage()).contains("name@example.com");
            assertThat(find(Notification.class).all()).isNotEmpty();
        });
        assertThat(businesses.require(acme)).isEqualTo(before);
    }

    @Test
    void aMarketerLooksOnly() {
        TestTenants.as(acme, Role.MARKETER, () -> {
            navigate(SettingsView.class);
            assertThat(text("Business name").isReadOnly()).isTrue();
            assertThat(find(Button.class).all()).extracting(Button::getText).doesNotContain("Save settings");
        });
    }

    @Test
    void thePeopleArePeopleOfThisBusinessOnly() {
        accounts.addMember(acme, accounts.ensureAccount(freshEmail(), "Ada", "three calm words"), Role.OWNER);
        accounts.addMember(globex, accounts.ensureAccount(freshEmail(), "Grace", "three calm words"), Role.OWNER);
        String shown = TestTenants.asOwner(
                acme, () -> navigate(SettingsView.class, "people").getElement().getTextRecursively());
        assertThat(shown).contains("Ada").doesNotContain("Grace");
    }

    @Test
    void aPersonIsInvitedByTheDialogAndTheInvitationCanBeWithdrawn() {
        EmailAddress address = freshEmail();
        TestTenants.asOwner(acme, () -> {
            navigate(SettingsView.class, "people");
            test(button("Invite person")).click();
            InviteDialog dialog = find(InviteDialog.class).single();
            EmailField email = find(EmailField.class, dialog).single();
            test(email).setValue("nobody");
            test(button("Send invitation")).click();
            assertThat(email.isInvalid()).isTrue();
            test(email).setValue(address.value());
            test(button("Send invitation")).click();
            assertThat(invitations.open()).extracting(Invitation::email).containsExactly(address);
            assertThat(find(InvitationList.class).single().getElement().getTextRecursively())
                    .contains(address.value());
            test(button("Withdraw")).click();
            assertThat(invitations.open()).isEmpty();
        });
        assertThat(accounts.find(address)).isEmpty();
    }

    private TextField text(String label) {
        return find(TextField.class).all().stream()
                .filter(f -> f.getLabel().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private EmailField email(String label) {
        return find(EmailField.class).all().stream()
                .filter(f -> f.getLabel().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private Button button(String text) {
        return find(Button.class).all().stream()
                .filter(b -> b.getText().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private static EmailAddress freshEmail() {
        return new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
    }
}
