package io.perennial.accounts.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.InvitationAnswers;
import io.perennial.accounts.Invitations;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffRole;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of an invitation while its form stands open. */
@IntegrationTest
class InvitationViewTest extends SpringBrowserlessTest {

    private static final String PASSWORD = "three calm words";

    @Autowired
    Invitations invitations;

    @Autowired
    InvitationAnswers answers;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;
    EmailAddress mia;
    String link;

    @BeforeEach
    void anInvitationToOneOfTwoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        mia = new EmailAddress("mia" + TimeOrderedIds.next() + "@staff.example");
        TestTenants.asOwner(acme, () -> invitations.invite(mia, StaffRole.of(Role.MARKETER)));
        await().until(() -> TestMail.receivedBy(mia.value()).size() == 1);
        Matcher found = Pattern.compile("/invitation/([A-Za-z0-9_-]{54})")
                .matcher(TestMail.receivedBy(mia.value()).getFirst().content().replace("=\r\n", ""));
        assertThat(found.find()).isTrue();
        link = found.group(1);
        UI.getCurrent().navigate("invitation/" + link);
        assertThat(find(PasswordField.class).all()).hasSize(1);
    }

    @Test
    void withdrawnMeanwhileItIsOverAndNobodyIsMade() {
        TestTenants.asOwner(acme, () -> invitations.open().forEach(each -> invitations.withdraw(each.id())));
        accept();
        assertThat(words()).contains("This invitation is over");
        assertThat(accounts.find(mia)).isEmpty();
    }

    @Test
    void pastItsTimeMeanwhileItIsOverAndNobodyIsMade() {
        jdbc.sql("UPDATE invitation SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE tenant_id = ?")
                .param(acme.value())
                .update();
        accept();
        assertThat(words()).contains("This invitation is over");
        assertThat(accounts.find(mia)).isEmpty();
    }

    @Test
    void acceptedInAnotherBrowserMeanwhileItIsOverAndThePasswordIsTheOneChosenThere() {
        answers.accept(link, "Mia", "four other calm words");
        String before = accounts.loadUserByUsername(mia.value()).getPassword();
        accept();
        assertThat(words()).contains("This invitation is over");
        assertThat(accounts.loadUserByUsername(mia.value()).getPassword()).isEqualTo(before);
        assertThat(accounts.loadUserByUsername(mia.value()).memberships()).hasSize(1);
    }

    @Test
    void whoGetsAnAccountMeanwhileJoinsWithItAndItsPasswordStays() {
        accounts.addMember(globex, accounts.ensureAccount(mia, "Mia", "four other calm words"), Role.SUPPORT);
        String before = accounts.loadUserByUsername(mia.value()).getPassword();
        accept();
        assertThat(find(PasswordField.class).all()).isEmpty();
        assertThat(words()).contains(mia.value());
        press("Join ");
        assertThat(accounts.loadUserByUsername(mia.value()).getPassword()).isEqualTo(before);
        assertThat(accounts.loadUserByUsername(mia.value()).memberships())
                .extracting(each -> each.tenant())
                .containsExactlyInAnyOrder(acme, globex);
    }

    private void accept() {
        test(find(TextField.class).withCondition(field -> !field.isReadOnly()).single())
                .setValue("Mia");
        test(find(PasswordField.class).single()).setValue(PASSWORD);
        press("Join ");
    }

    private void press(String beginning) {
        test(find(Button.class)
                        .withCondition(button -> button.getText().startsWith(beginning) && button.isVisible())
                        .single())
                .click();
    }

    private String words() {
        return find(InvitationView.class).single().getElement().getTextRecursively();
    }
}
