package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.perennial.accounts.Invitations;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffRole;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.TestTenants;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

/** One invitation in two browsers at once: one of them gets it, the other reads what became of it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
@Import(TestTenants.class)
@DirtiesContext
class InvitationIT {

    private static final String PASSWORD = "seven quiet herons at dusk";
    private static final String OTHERS = "plum kettle velvet orbit";
    private static final String WON = "You work at Acme now";
    private static final String OVER = "This invitation is over";

    @Autowired
    StaffAccounts accounts;

    @Autowired
    TestTenants tenants;

    @Autowired
    Invitations invitations;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private Browser browser;
    private Page one;
    private Page two;
    private TenantId acme;
    private TenantId globex;
    private EmailAddress eve;

    @BeforeEach
    void eveIsInvitedToAcme() {
        Path chromium = Browser.find().orElse(null);
        Assumptions.assumeTrue(chromium != null, "No Chromium on this machine (CHROMIUM or PATH)");
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        eve = freshEmail();
        browser = new Browser(chromium);
        one = browser.page("http://localhost:" + port, 1440, 900, ColorScheme.LIGHT);
        two = browser.page("http://localhost:" + port, 1440, 900, ColorScheme.LIGHT);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void ofTwoWhoMakeTheAccountAtOnceOneDoesAndTheOtherReadsThatItIsOver() {
        String link = invited();
        for (Page each : List.of(one, two)) {
            each.navigate(link);
            each.getByLabel("Name").fill(each == one ? "Eve One" : "Eve Two");
            each.getByLabel("Choose a password").fill(each == one ? PASSWORD : OTHERS);
            each.keyboard().press("Tab"); // a field tells the server what is in it when it is left
        }
        atOnce(button(one, "Join Acme"), button(two, "Join Acme"));
        Page winner = oneWonAndTheOtherReads(OVER);
        assertThat(members(acme)).isEqualTo(1);
        assertThat(members(globex)).isZero();

        // The password is that of who won.
        winner.navigate("/login");
        winner.locator("input[name=username]").fill(eve.value());
        winner.locator("input[name=password]").fill(winner == one ? PASSWORD : OTHERS);
        winner.keyboard().press("Enter");
        assertThat(winner.getByText("Home").first()).isVisible();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void ofTwoWhoJoinAtOnceWithTheSameAccountOneDoes() {
        accounts.addMember(globex, accounts.ensureAccount(eve, "Eve", PASSWORD), Role.SUPPORT);
        String link = invited();
        for (Page each : List.of(one, two)) {
            each.navigate(link);
            assertThat(button(each, "Join Acme")).isVisible();
        }
        atOnce(button(one, "Join Acme"), button(two, "Join Acme"));
        oneWonAndTheOtherReads(OVER);
        assertThat(members(acme)).isEqualTo(1);
        assertThat(deeds("accounts.deed.invitation_accepted")).isEqualTo(1);
    }

    @Test
    void whoeverWithdrawsOrAcceptsFirstWinsAndTheOtherReadsIt() {
        EmailAddress ada = freshEmail();
        accounts.addMember(acme, accounts.ensureAccount(ada, "Ada", PASSWORD), Role.OWNER);
        accounts.ensureAccount(eve, "Eve", PASSWORD);
        String link = invited();
        signIn(two, ada);
        two.navigate("/settings/people");
        one.navigate(link);
        assertThat(button(one, "Join Acme")).isVisible();
        atOnce(button(one, "Join Acme"), button(two, "Withdraw the invitation of " + eve.value()));

        Locator heading = one.locator("h1");
        assertThat(heading.filter(containing(WON)).or(heading.filter(containing(OVER))))
                .isVisible();
        boolean joined = heading.textContent().equals(WON);
        assertThat(two.locator("vaadin-notification-card").first())
                .containsText(joined ? "accepted or withdrawn meanwhile" : "leads nowhere now");
        assertThat(button(two, "Withdraw the invitation of " + eve.value())).hasCount(0);
        assertThat(deeds("accounts.deed.invitation_accepted")).isEqualTo(joined ? 1 : 0);
        assertThat(deeds("accounts.deed.invitation_withdrawn")).isEqualTo(joined ? 0 : 1);
        assertThat(members(acme)).isEqualTo(joined ? 2 : 1);
    }

    @Test
    void aWithdrawnInvitationThatStillStandsOpenSaysSo() {
        String link = invited();
        one.navigate(link);
        one.getByLabel("Name").fill("Eve");
        one.getByLabel("Choose a password").fill(PASSWORD);
        TestTenants.asOwner(
                acme, () -> invitations.withdraw(invitations.open().getFirst().id()));
        button(one, "Join Acme").click();
        assertThat(one.locator("h1")).hasText(OVER);
        assertThat(accounts.find(eve)).isEmpty();
    }

    @Test
    void somebodyElseWhoSignedInMeanwhileDoesNotAcceptIt() {
        EmailAddress grace = freshEmail();
        accounts.addMember(globex, accounts.ensureAccount(grace, "Grace", PASSWORD), Role.OWNER);
        accounts.ensureAccount(eve, "Eve", PASSWORD);
        String link = invited();
        one.navigate(link);
        assertThat(button(one, "Join Acme")).isVisible();
        Page tab = browser.anotherTab(one);
        signIn(tab, grace);

        button(one, "Join Acme").click();
        Locator words =
                one.getByText("This invitation is for " + eve.value() + ", and you are signed in as " + grace.value());
        assertThat(words).isVisible();
        one.navigate(link);
        assertThat(words).isVisible();
        assertThat(button(one, "Join Acme")).hasCount(0);
        assertThat(members(acme)).isZero();
        assertThat(invitationsOf(acme)).isEqualTo(1);
    }

    /** By the mail. */
    private String invited() {
        TestTenants.asOwner(acme, () -> invitations.invite(eve, StaffRole.of(Role.MARKETER)));
        return InvitationPages.linkOf(eve);
    }

    private Page oneWonAndTheOtherReads(String words) {
        for (Page each : List.of(one, two)) {
            Locator heading = each.locator("h1");
            assertThat(heading.filter(containing(WON)).or(heading.filter(containing(words))))
                    .isVisible();
        }
        List<Page> won = List.of(one, two).stream()
                .filter(each -> each.locator("h1").textContent().equals(WON))
                .toList();
        assertThat(won).hasSize(1);
        return won.getFirst();
    }

    private static Locator.FilterOptions containing(String words) {
        return new Locator.FilterOptions().setHasText(words);
    }

    /** Both browsers press at the same moment of the clock, so that their requests are under way together. */
    private static void atOnce(Locator first, Locator second) {
        double when = System.currentTimeMillis() + 1_500.0;
        for (Locator each : List.of(first, second)) {
            each.evaluate("(button, when) => { setTimeout(() => button.click(), when - Date.now()); }", when);
        }
    }

    private void signIn(Page page, EmailAddress person) {
        page.navigate("/login");
        page.locator("input[name=username]").fill(person.value());
        page.locator("input[name=password]").fill(PASSWORD);
        page.keyboard().press("Enter");
        assertThat(page.getByText("Home").first()).isVisible();
    }

    private int members(TenantId tenant) {
        return jdbc.sql("SELECT COUNT(*) FROM membership WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }

    private int invitationsOf(TenantId tenant) {
        return jdbc.sql("SELECT COUNT(*) FROM invitation WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }

    private int deeds(String deed) {
        return jdbc.sql("SELECT COUNT(*) FROM audit_entry WHERE tenant_id = ? AND deed = ?")
                .params(acme.value(), deed)
                .query(Integer.class)
                .single();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static EmailAddress freshEmail() {
        return new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
    }
}
