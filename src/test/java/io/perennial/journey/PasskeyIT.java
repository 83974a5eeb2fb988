package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.FreePort;
import io.perennial.support.TestTenants;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Passkeys as people use them, in a real browser with a virtual authenticator. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ActiveProfiles("test")
@Import(TestTenants.class)
@DirtiesContext
class PasskeyIT {

    private static final String PASSWORD = "three calm words";
    private static final int PORT = FreePort.next();

    @Autowired
    StaffAccounts accounts;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcClient jdbc;

    private Browser browser;
    private Page page;
    private CDPSession devices;
    private String device;
    private TenantId acme;
    private EmailAddress mia;

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        registry.add("perennial.public-url", () -> "http://localhost:" + PORT);
    }

    @BeforeEach
    void miaAtABrowserWithAnAuthenticator() {
        Path chromium = Browser.find().orElse(null);
        Assumptions.assumeTrue(chromium != null, "No Chromium on this machine (CHROMIUM or PATH)");
        acme = tenants.fresh("Acme");
        mia = new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
        accounts.addMember(acme, accounts.ensureAccount(mia, "Mia", PASSWORD), Role.OWNER);
        browser = new Browser(chromium);
        page = browser.page("http://localhost:" + PORT, 1440, 900, ColorScheme.LIGHT);
        devices = page.context().newCDPSession(page);
        devices.send("WebAuthn.enable");
        device = plugIn();
        page.addInitScript("if (localStorage.getItem('quiet') && window.PublicKeyCredential) "
                + "PublicKeyCredential.isConditionalMediationAvailable = async () => false");
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void aPasskeyIsMadeNamedUsedAloneAsSecondStepAndAsProofAndRemoved() {
        signInByPassword();
        page.waitForURL(url -> !url.contains("/login"));
        makeAPasskey("Work laptop");
        assertThat(page.getByText("not used yet")).isVisible();
        rename("Work laptop", "Desk");

        // Alone, by its button.
        Browser.forget(page);
        suggestions(false);
        page.navigate("/login");
        button("Sign in with a passkey").click();
        page.waitForURL(url -> !url.contains("/login"));

        // By the browser's suggestions, without a click: the virtual authenticator picks the only one.
        Browser.forget(page);
        suggestions(true);
        page.navigate("/login");
        page.waitForURL(url -> !url.contains("/login"));

        // Beside the password.
        jdbc.sql("UPDATE business SET second_factor = TRUE WHERE id = ?")
                .param(acme.value())
                .update();
        Browser.forget(page);
        suggestions(false);
        signInByPassword();
        page.waitForURL(url -> url.endsWith("/sign-in/code"));
        button("Sign in with a passkey").click();
        page.waitForURL(url -> !url.contains("/sign-in"));
        assertThat(page.getByText("Home").first()).isVisible();
        jdbc.sql("UPDATE business SET second_factor = FALSE WHERE id = ?")
                .param(acme.value())
                .update();

        page.waitForLoadState();
        page.navigate("/account");
        assertThat(page.getByText("On one device only · last used")).isVisible();
        button("Remove Desk").click();
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByText("Remove", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.getByText("You have none yet.")).isVisible();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void whoMustSetUpASecondFactorMayMakeAPasskeyThere() {
        jdbc.sql("UPDATE business SET second_factor = TRUE WHERE id = ?")
                .param(acme.value())
                .update();
        signInByPassword();
        page.waitForURL(url -> url.endsWith("/sign-in/set-up"));
        verifies(false);
        button("Use a passkey instead").click();
        assertThat(page.locator("#passkey-problem")).isVisible();
        verifies(true);
        button("Use a passkey instead").click();
        page.waitForURL(url -> url.endsWith("/sign-in/recovery-codes"));
        assertThat(page.locator(".codes li")).hasCount(10);
        page.locator("a.button").click();
        page.waitForURL(url -> !url.contains("/sign-in"));
        assertThat(page.getByText("Home").first()).isVisible();
        page.navigate("/sign-in/recovery-codes");
        assertThat(page.locator(".codes")).hasCount(0);
    }

    @Test
    void whatGoesWrongIsSaidAndTheOtherWaysStayOpen() {
        // A device without a passkey for here, and nobody who answers.
        page.navigate("/login");
        button("Sign in with a passkey").click();
        assertThat(page.getByText("this device has none for here")).isVisible();
        signInByPassword();
        page.waitForURL(url -> !url.contains("/login"));

        // Finger, face or PIN is not given.
        verifies(false);
        openDialog();
        button("Make the passkey").click();
        assertThat(page.locator(".dialog-problem")).isVisible();
        verifies(true);
        button("Make the passkey").click();
        assertThat(button("I have kept them")).isVisible();
        button("I have kept them").click();

        // The same device again.
        openDialog();
        button("Make the passkey").click();
        assertThat(page.getByText("has a passkey for your account already")).isVisible();
    }

    @Test
    void aBrowserWithoutPasskeysSeesNoButton() {
        page.addInitScript("delete window.PublicKeyCredential");
        page.navigate("/login");
        assertThat(page.locator("input[name=username]")).isVisible();
        assertThat(button("Sign in with a passkey")).isHidden();
        signInByPassword();
        page.waitForURL(url -> !url.contains("/login"));
        assertThat(browser.errors()).isEmpty();
    }

    private void signInByPassword() {
        page.navigate("/login");
        page.locator("input[name=username]").fill(mia.value());
        page.locator("input[name=password]").fill(PASSWORD);
        page.keyboard().press("Enter");
    }

    private void makeAPasskey(String name) {
        openDialog();
        page.getByLabel("Its name").fill(name);
        button("Make the passkey").click();
        button("I have kept them").click();
        assertThat(page.getByText(name, new Page.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    private void openDialog() {
        page.navigate("/account");
        button("Add a passkey").click();
        assertThat(button("Make the passkey")).isVisible();
    }

    private void rename(String before, String after) {
        button("Rename " + before).click();
        page.getByLabel("Its name").fill(after);
        page.keyboard().press("Enter");
        assertThat(button("Rename " + after)).isVisible();
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private String plugIn() {
        JsonObject kind = new JsonObject();
        kind.addProperty("protocol", "ctap2");
        kind.addProperty("transport", "internal");
        kind.addProperty("hasResidentKey", true);
        kind.addProperty("hasUserVerification", true);
        kind.addProperty("isUserVerified", true);
        kind.addProperty("automaticPresenceSimulation", true);
        JsonObject options = new JsonObject();
        options.add("options", kind);
        return devices.send("WebAuthn.addVirtualAuthenticator", options)
                .get("authenticatorId")
                .getAsString();
    }

    /** Whether the browser offers passkeys by itself; the virtual authenticator would take the offer at once. */
    private void suggestions(boolean on) {
        page.evaluate("on => localStorage.setItem('quiet', on ? '' : 'yes')", on);
    }

    private void verifies(boolean right) {
        JsonObject options = new JsonObject();
        options.addProperty("authenticatorId", device);
        options.addProperty("isUserVerified", right);
        devices.send("WebAuthn.setUserVerified", options);
    }
}
