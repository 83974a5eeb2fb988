package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.perennial.accounts.OperatorBusinesses;
import io.perennial.accounts.Role;
import io.perennial.accounts.Staff;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.campaigns.ChildConsole;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.FreePort;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestDatabase;
import io.perennial.support.TestTenants;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Pages that stand open in a browser on a console in another process, while this node takes something from their readers, and
 * while that console is stopped and started again.
 */
@IntegrationTest
class OpenPagesIT {

    private static final String PASSWORD = "three calm words";
    private static final Path LOG = Path.of("target", "open-pages.log");

    @Autowired
    TestTenants tenants;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    Staff staff;

    @Autowired
    OperatorBusinesses businesses;

    @Autowired
    JdbcClient jdbc;

    private final int port = FreePort.next();
    private ChildConsole console;
    private Browser browser;
    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void aConsoleInAProcessOfItsOwn() {
        Path chromium = Browser.find().orElse(null);
        Assumptions.assumeTrue(chromium != null, "No Chromium on this machine (CHROMIUM or PATH)");
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        start();
        browser = new Browser(chromium);
    }

    private void start() {
        console = ChildConsole.start(port, LOG, TestDatabase.properties(), 1);
        console.awaitReady();
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
        if (console != null) {
            console.close();
        }
    }

    @Test
    void pagesHearOfARoleThatChangedAndOfABusinessThatWasStoppedOnAnotherNodeAndItHoldsAtOnce() {
        EmailAddress mia = member(acme, Role.OWNER);
        Page changed = signedIn(mia, "/settings");
        Page same = signedIn(member(acme, Role.OWNER), "/settings");
        Page stopped = signedIn(member(globex, Role.OWNER), "/settings");
        Page looking = signedIn(member(globex, Role.OWNER), "/customers");
        changed.getByLabel("Business name").fill("Acme of Mia");
        stopped.getByLabel("Business name").fill("Globex of Bob");

        long account = accounts.find(mia).orElseThrow();
        TestTenants.asOwner(acme, () -> staff.changeRole(account, Role.ANALYST));
        TestTenants.as(operator(), () -> {
            businesses.suspend(globex, "The bill is open.");
            return true;
        });
        button(changed, "Save settings").click();
        button(stopped, "Save settings").click();
        assertThat(changed.getByText("Your role does not allow this")).isVisible();
        assertThat(stopped.getByText("Your role does not allow this")).isVisible();
        assertThat(nameOf(acme)).isEqualTo("Acme");
        assertThat(nameOf(globex)).isEqualTo("Globex");

        // Nobody asked for anything here; what was typed there still stands.
        assertThat(looking.getByText("Globex may not work just now")).isVisible();
        assertThat(changed.getByText("What you may do in Acme has changed")).isVisible();
        assertThat(changed.getByLabel("Business name")).hasValue("Acme of Mia");
        button(looking, "Load again").click();
        assertThat(looking.locator(".standing-notice")).containsText("The bill is open.");
        button(changed, "Load again").click();
        assertThat(changed.getByText("This page is not for your role")).isVisible();
        assertThat(same.locator("vaadin-notification-card")).hasCount(0);
    }

    @Test
    void whatIsTypedStandsThereWhileTheServerIsAwayAndIsSaidToBeLostWhenItIsBackWithThePage()
            throws InterruptedException {
        Page page = signedIn(member(acme, Role.OWNER), "/settings/people");
        button(page, "Invite person").click();
        page.getByLabel("E-mail").fill("half@typed.example");

        console.askToEnd();
        console.awaitExit(Duration.ofMinutes(2));
        assertThat(page.getByLabel("E-mail")).hasValue("half@typed.example");

        start();
        // Unless the page has found out by itself meanwhile.
        if (page.url().endsWith("/settings/people")) {
            page.evaluate("() => [...document.querySelectorAll('vaadin-button')]"
                    + ".find(button => button.textContent === 'Send invitation')?.click()");
        }
        page.waitForURL(url -> url.endsWith("/login?ended"));
        assertThat(page.getByText("what was not saved by then is lost")).isVisible();
        page.locator("input[name=username]").fill(last.value());
        page.locator("input[name=password]").fill(PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(url -> url.contains("/settings/people"));
        assertThat(button(page, "Invite person")).isVisible();
        assertThat(page.getByLabel("E-mail")).hasCount(0);
    }

    private EmailAddress last;

    private EmailAddress member(TenantId tenant, Role role) {
        last = new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
        accounts.addMember(tenant, accounts.ensureAccount(last, "Somebody", PASSWORD), role);
        return last;
    }

    private StaffPrincipal operator() {
        EmailAddress olga = member(acme, Role.OWNER);
        jdbc.sql("UPDATE staff_account SET operator = TRUE WHERE email = ?")
                .param(olga.value())
                .update();
        return accounts.loadUserByUsername(olga.value());
    }

    private Page signedIn(EmailAddress person, String path) {
        Page page = browser.page(console.address(), 1440, 900, ColorScheme.LIGHT);
        page.navigate("/login");
        page.locator("input[name=username]").fill(person.value());
        page.locator("input[name=password]").fill(PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
        assertThat(page.getByText("Home").first()).isVisible();
        page.navigate(path);
        assertThat(page.locator("h1").first()).isVisible();
        return page;
    }

    private String nameOf(TenantId tenant) {
        return jdbc.sql("SELECT name FROM business WHERE id = ?")
                .param(tenant.value())
                .query(String.class)
                .single();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
