package io.perennial.accounts.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.ActingAs;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.AgedSession;
import io.perennial.accounts.signin.AuthenticatorApp;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.accounts.signin.StaffSessions;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** One's own ways in, on one's own page; and what a business asks of everybody. */
@IntegrationTest
class AccountViewTest extends SpringBrowserlessTest {

    private static final String PASSWORD = "three calm words";

    @Autowired
    StaffAccounts accounts;

    @Autowired
    StaffSessions sessions;

    @Autowired
    SecondFactors factors;

    @Autowired
    Businesses businesses;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    StaffPrincipal ada;
    StaffPrincipal grace;

    @BeforeEach
    void adaOfAcmeAndGraceOfGlobex() {
        acme = tenants.fresh("Acme");
        ada = person("Ada", acme);
        grace = person("Grace", tenants.fresh("Globex"));
    }

    @Test
    void onesOwnSessionsAreShownAndEndedFromThePage() {
        SignInDetails here = AgedSession.of(Duration.ZERO);
        SignInDetails elsewhere = AgedSession.of(Duration.ZERO);
        sessions.goesOn(here, ada, "10.0.0.1");
        sessions.goesOn(elsewhere, ada, "10.0.0.2");
        SignInDetails foreign = AgedSession.of(Duration.ZERO);
        sessions.goesOn(foreign, grace, "10.0.0.3");
        as(ada, here, () -> {
            navigate(AccountView.class);
            assertThat(find(ListItem.class, find(SessionList.class).single()).all())
                    .hasSize(2);
            test(button("End all others")).click();
            assertThat(find(ListItem.class, find(SessionList.class).single()).all())
                    .hasSize(1);
        });
        assertThat(sessions.goesOn(here, ada, "10.0.0.1")).isTrue();
        assertThat(sessions.goesOn(elsewhere, ada, "10.0.0.2")).isFalse();
        assertThat(sessions.goesOn(foreign, grace, "10.0.0.3")).isTrue();
    }

    @Test
    void theSecondStepIsSetUpWithTheFirstCodeOfTheApp() {
        as(ada, AgedSession.of(Duration.ZERO), () -> {
            navigate(AccountView.class);
            test(button("Set it up")).click();
            EnrolDialog dialog = find(EnrolDialog.class).single();
            TextField code = find(TextField.class, dialog).single();
            test(code).setValue("000000");
            test(button("Turn it on")).click();
            assertThat(code.isInvalid()).isTrue();
            assertThat(factors.isMineSetUp()).isFalse();
            String secret = dialog.getElement().getTextRecursively().replaceAll("(?s).*app: ([A-Z2-7 ]{39}).*", "$1");
            test(code).setValue(new AuthenticatorApp(secret).code());
            test(button("Turn it on")).click();
            assertThat(find(ListItem.class, find(CodesDialog.class).single()).all())
                    .hasSize(10);
            test(button("I have kept them")).click();
            assertThat(find(FactorPanel.class).single().getElement().getTextRecursively())
                    .contains("10 recovery codes are left");
        });
        assertThat(accounts.loadUserByUsername(grace.getUsername())).isNotNull();
    }

    @Test
    void whoCameInLongAgoIsAskedForThePasswordFirst() {
        as(ada, AgedSession.of(Duration.ofHours(1)), () -> {
            navigate(AccountView.class);
            test(button("Set it up")).click();
            assertThat(find(EnrolDialog.class).all()).isEmpty();
            PasswordField answer = find(PasswordField.class).all().getLast();
            test(answer).setValue("not this one");
            test(button("Go on")).click();
            assertThat(answer.isInvalid()).isTrue();
            assertThat(find(EnrolDialog.class).all()).isEmpty();
            test(answer).setValue(PASSWORD);
            test(button("Go on")).click();
            assertThat(find(EnrolDialog.class).all()).hasSize(1);
        });
    }

    @Test
    void aDownloadThatWasOfferedLongAgoAsksAnewAndThenBegins() {
        as(ada, AgedSession.of(Duration.ZERO), () -> {
            Business mine = businesses.current();
            businesses.update(new Business(
                    mine.id(),
                    "Acme anew",
                    "CZ",
                    mine.locale(),
                    mine.zone(),
                    mine.currency(),
                    null,
                    null,
                    null,
                    null,
                    null));
            navigate(AuditView.class);
            test(button("Export")).click();
            assertThat(find(PasswordField.class).all()).isEmpty();
            UsernamePasswordAuthenticationToken session = (UsernamePasswordAuthenticationToken)
                    SecurityContextHolder.getContext().getAuthentication();
            session.setDetails(AgedSession.of(Duration.ofMinutes(11)));
            test(button("Download")).click();
            assertThat(downloadsBegun()).isZero();
            PasswordField answer = find(PasswordField.class).single();
            assertThat(find(Paragraph.class).all())
                    .extracting(Paragraph::getText)
                    .contains("It is more than ten minutes since you last gave your password, "
                            + "and what you are about to do needs it again.");
            test(answer).setValue(PASSWORD);
            test(button("Go on")).click();
            assertThat(downloadsBegun()).isEqualTo(1);
        });
    }

    private static long downloadsBegun() {
        UI.getCurrent().getInternals().getStateTree().runExecutionsBeforeClientResponse();
        return UI.getCurrent().getInternals().dumpPendingJavaScriptInvocations().stream()
                .filter(script -> script.getInvocation().getExpression().contains("this.click()"))
                .count();
    }

    @Test
    void whoHasNoSecondStepCannotAskItOfOthers() {
        as(ada, AgedSession.of(Duration.ZERO), () -> {
            navigate(SignInSettingsView.class);
            test(find(Checkbox.class).single()).click();
            assertThat(find(Checkbox.class).single().getValue()).isFalse();
            assertThat(find(Notification.class).all()).isNotEmpty();
            assertThat(factors.isRequiredHere()).isFalse();
        });
    }

    private StaffPrincipal person(String name, TenantId tenant) {
        EmailAddress email = new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
        accounts.addMember(tenant, accounts.ensureAccount(email, name, PASSWORD), Role.OWNER);
        return accounts.loadUserByUsername(email.value());
    }

    private static void as(StaffPrincipal person, SignInDetails details, Runnable work) {
        List<SimpleGrantedAuthority> authorities = person.getAuthorities().stream()
                .flatMap(a -> Stream.of(a.getAuthority(), "ROLE_" + a.getAuthority()))
                .map(SimpleGrantedAuthority::new)
                .toList();
        var authentication = new UsernamePasswordAuthenticationToken(person, null, authorities);
        authentication.setDetails(details);
        ActingAs.with(authentication, person.tenant(), () -> {
            work.run();
            return true;
        });
    }

    private Button button(String text) {
        return find(Button.class).all().stream()
                .filter(b -> b.getText().equals(text))
                .toList()
                .getLast();
    }
}
