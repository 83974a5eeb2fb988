package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.Invitations;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffRole;
import io.perennial.accounts.signin.AgedSession;
import io.perennial.accounts.signin.RealProvider;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.FreePort;
import io.perennial.support.TestTenants;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * People who come in by a provider or a passkey alone are asked again for what they have, and people who came in by a password
 * get into a business that opens by a provider alone: in a real browser, with a real provider.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ActiveProfiles("test")
@Import({TestTenants.class, WithoutPasswordIT.Sessions.class})
@DirtiesContext
class WithoutPasswordIT {

    private static final String PASSWORD = "three calm words";
    private static final int PORT = FreePort.next();
    private static final String CONSOLE = "http://localhost:" + PORT;
    private static final int PROVIDERS_PORT = FreePort.next();
    private static final String PROVIDER = "http://localhost:" + PROVIDERS_PORT;

    /** Begun after the console. */
    private static RealProvider provider;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    TestTenants tenants;

    @Autowired
    Invitations invitations;

    @Autowired
    Sessions sessions;

    @Autowired
    JdbcClient jdbc;

    private Browser browser;
    private Page page;
    private ProviderPages there;
    private TenantId acme;
    private TenantId globex;
    private EmailAddress mia;

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        registry.add("perennial.public-url", () -> CONSOLE);
        String name = "perennial.oidc.providers[0].";
        registry.add(name + "id", () -> "acme");
        registry.add(name + "name", () -> "The acme");
        registry.add(name + "issuer", () -> PROVIDER);
        registry.add(name + "client-id", () -> RealProvider.CLIENT);
        registry.add(name + "client-secret", () -> RealProvider.SECRET);
    }

    /** All of the console, to let time pass in them. */
    static class Sessions implements HttpSessionListener {

        private final Set<HttpSession> open = ConcurrentHashMap.newKeySet();

        @Override
        public void sessionCreated(HttpSessionEvent event) {
            open.add(event.getSession());
        }

        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            open.remove(event.getSession());
        }

        /** As if nobody had shown for longer than a proof holds that it is them. */
        void age() {
            int aged = 0;
            for (HttpSession each : open) {
                if (each.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                                instanceof SecurityContext context
                        && context.getAuthentication().getDetails() instanceof SignInDetails details) {
                    AgedSession.age(details, FreshProof.HOLDS.plus(Duration.ofMinutes(1)));
                    aged++;
                }
            }
            assertThat(aged).isPositive();
        }
    }

    @BeforeEach
    void miaWhoOwnsAcmeAndHelpsAtGlobex() {
        Path chromium = Browser.find().orElse(null);
        Assumptions.assumeTrue(chromium != null, "No Chromium on this machine (CHROMIUM or PATH)");
        if (provider == null) {
            provider =
                    new RealProvider(PROVIDERS_PORT, CONSOLE + "/sign-in/from/acme", CONSOLE + "/sign-in/left", true);
        }
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        mia = freshEmail();
        long account = accounts.ensureAccount(mia, "Mia", PASSWORD);
        accounts.addMember(acme, account, Role.OWNER);
        accounts.addMember(globex, account, Role.SUPPORT);
        browser = new Browser(chromium);
        page = browser.page(CONSOLE, 1440, 900, ColorScheme.LIGHT);
        there = new ProviderPages(page, PROVIDER, CONSOLE);
        page.addInitScript("if (window.PublicKeyCredential) "
                + "PublicKeyCredential.isConditionalMediationAvailable = async () => false");
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterAll
    static void closeProvider() {
        if (provider != null) {
            provider.close();
            provider = null; // a failed class is run once more
        }
    }

    @Test
    void whoHasNoPasswordShowsAtTheProviderOrByAPasskeyThatItIsThemAndIsNeverAskedForOne() {
        plugInAnAuthenticator();
        EmailAddress eve = eveInvitedByAcmeComesInByTheProvider();

        // What she does not have is not asked for, on the page of her account neither.
        page.navigate("/account");
        assertThat(page.getByText("You have no password")).isVisible();
        assertThat(page.getByText("Choose a password by mail")).isVisible();
        assertThat(page.locator("vaadin-password-field")).hasCount(0);

        button("Add a passkey").click();
        assertThat(page.getByText("Confirm it in one of these ways")).isVisible();
        assertThat(page.locator("vaadin-password-field")).hasCount(0);
        button("Go on").click();
        assertThat(page.getByText("Not confirmed yet")).isVisible();
        there.confirmInDialog(eve);
        button("Go on").click();
        button("Make the passkey").click();
        button("I have kept them").click();
        assertThat(button("Add a passkey")).isVisible();

        // The passkey alone, from now on.
        Browser.forget(page);
        page.navigate("/login");
        button("Sign in with a passkey").click();
        assertHome("Acme");
        sessions.age();
        page.navigate("/account");
        button("Add a passkey").click();
        assertThat(page.getByText("Confirm it in one of these ways")).isVisible();
        assertThat(page.locator("vaadin-password-field")).hasCount(0);
        assertThat(page.getByText("Confirm at The acme")).hasCount(0);
        button("Use a passkey").click();
        assertThat(button("Make the passkey")).isVisible();
        assertThat(browser.errors())
                .as("beside those of the provider's pages")
                .filteredOn(error -> error.contains(CONSOLE))
                .isEmpty();
    }

    @Test
    void fromASessionByPasswordIntoABusinessThatOpensByAProviderAloneAndBack() {
        provider.add(mia.value(), true);
        onlyByTheProvider();
        byPassword();
        assertHome("Globex");

        // For the first time: connected on the way, as she has only just shown her password.
        switchTo("Acme");
        there.awaitProvider();
        there.signIn(mia);
        there.agree();
        assertHome("Acme");
        switchTo("Globex");
        assertHome("Globex");
        switchTo("Acme");
        assertHome("Acme");
        page.navigate("/account");
        assertThat(page.getByText("The acme", new Page.GetByTextOptions().setExact(true)))
                .isVisible();

        // Another day: nothing to confirm, the two are connected.
        Browser.forget(page);
        byPassword();
        assertHome("Globex");
        sessions.age();
        switchTo("Acme");
        there.awaitProvider();
        there.signIn(mia);
        assertHome("Acme");
    }

    @Test
    void whoWasLongAtWorkShowsThePasswordBeforeTheyAreConnectedOnTheWay() {
        provider.add(mia.value(), true);
        onlyByTheProvider();
        byPassword();
        assertHome("Globex");
        sessions.age();
        switchTo("Acme");
        page.locator("vaadin-password-field input").fill(PASSWORD);
        button("Go on").click();
        there.awaitProvider();
        there.signIn(mia);
        there.agree();
        assertHome("Acme");
    }

    @Test
    void anAccountOfSomebodyElseAtTheProviderOpensNothingAndTheSessionGoesOn() {
        EmailAddress bob = freshEmail();
        provider.add(bob.value(), true);
        onlyByTheProvider();
        byPassword();
        assertHome("Globex");
        switchTo("Acme");
        there.awaitProvider();
        there.signIn(bob);
        there.agree();
        assertThat(page.getByText("That is somebody else’s account")).isVisible();
        page.navigate("/");
        assertHome("Globex");
    }

    private EmailAddress eveInvitedByAcmeComesInByTheProvider() {
        EmailAddress eve = freshEmail();
        provider.add(eve.value(), true);
        TestTenants.asOwner(acme, () -> invitations.invite(eve, StaffRole.of(Role.MARKETER)));
        page.navigate(InvitationPages.linkOf(eve));
        page.getByText("Accept with The acme").click();
        there.awaitProvider();
        there.signIn(eve);
        there.agree();
        assertHome("Acme");
        return eve;
    }

    private void onlyByTheProvider() {
        jdbc.sql("UPDATE business SET only_issuer = ? WHERE id = ?")
                .params(PROVIDER, acme.value())
                .update();
    }

    private void byPassword() {
        page.navigate("/login");
        page.locator("input[name=username]").fill(mia.value());
        page.locator("input[name=password]").fill(PASSWORD);
        page.keyboard().press("Enter");
    }

    private void switchTo(String business) {
        page.locator(".business-switcher vaadin-menu-bar-button").first().click();
        page.locator("vaadin-menu-bar-item")
                .filter(new Locator.FilterOptions().setHasText(business))
                .last()
                .click();
    }

    private void assertHome(String business) {
        page.waitForURL(url -> url.equals(CONSOLE + "/"));
        assertThat(page.locator(".business-switcher vaadin-menu-bar-button").first())
                .containsText(business);
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void plugInAnAuthenticator() {
        CDPSession devices = page.context().newCDPSession(page);
        devices.send("WebAuthn.enable");
        JsonObject kind = new JsonObject();
        kind.addProperty("protocol", "ctap2");
        kind.addProperty("transport", "internal");
        kind.addProperty("hasResidentKey", true);
        kind.addProperty("hasUserVerification", true);
        kind.addProperty("isUserVerified", true);
        kind.addProperty("automaticPresenceSimulation", true);
        JsonObject options = new JsonObject();
        options.add("options", kind);
        devices.send("WebAuthn.addVirtualAuthenticator", options);
    }

    private static EmailAddress freshEmail() {
        return new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
    }
}
