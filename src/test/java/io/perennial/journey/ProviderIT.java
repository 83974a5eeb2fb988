package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.perennial.accounts.Invitations;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffRole;
import io.perennial.accounts.signin.RealProvider;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.CapturedLog;
import io.perennial.support.FreePort;
import io.perennial.support.TestTenants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Signing in by an OpenID provider, Spring Authorization Server, as people do it: in a real browser. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ActiveProfiles("test")
@Import(TestTenants.class)
@DirtiesContext
class ProviderIT {

    private static final String PASSWORD = "three calm words";
    private static final int PORT = FreePort.next();
    private static final String CONSOLE = "http://localhost:" + PORT;

    private static final int PROVIDERS_PORT = FreePort.next();
    private static final String PROVIDER = "http://localhost:" + PROVIDERS_PORT;

    /** Asks its people whether they agree, the first time they come. Begun after the console. */
    private static RealProvider provider;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    TestTenants tenants;

    @Autowired
    Invitations invitations;

    private Browser browser;
    private Page page;
    private ProviderPages there;
    private TenantId acme;
    private EmailAddress mia;

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        registry.add("perennial.public-url", () -> CONSOLE);
        provider(registry, 0, "acme", PROVIDER);
        provider(registry, 1, "away", "http://localhost:" + FreePort.next());
    }

    private static void provider(DynamicPropertyRegistry registry, int n, String id, String issuer) {
        String name = "perennial.oidc.providers[" + n + "].";
        registry.add(name + "id", () -> id);
        registry.add(name + "name", () -> "The " + id);
        registry.add(name + "issuer", () -> issuer);
        registry.add(name + "client-id", () -> RealProvider.CLIENT);
        registry.add(name + "client-secret", () -> RealProvider.SECRET);
    }

    @BeforeEach
    void miaWhoWorksAtAcme() {
        Path chromium = Browser.find().orElse(null);
        Assumptions.assumeTrue(chromium != null, "No Chromium on this machine (CHROMIUM or PATH)");
        if (provider == null) {
            provider =
                    new RealProvider(PROVIDERS_PORT, CONSOLE + "/sign-in/from/acme", CONSOLE + "/sign-in/left", true);
        }
        acme = tenants.fresh("Acme");
        mia = freshEmail();
        accounts.addMember(acme, accounts.ensureAccount(mia, "Mia", PASSWORD), Role.OWNER);
        browser = new Browser(chromium);
        page = browser.page(CONSOLE, 1440, 900, ColorScheme.LIGHT);
        there = new ProviderPages(page, PROVIDER, CONSOLE);
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
    void whoSignsInThereIsInHereOnceBothAreConnectedAndNobodyComesInByTheSameAnswerAgain() {
        provider.add(mia.value(), true);
        List<String> answers = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().contains("/sign-in/from/acme")) {
                answers.add(request.url());
            }
        });

        connectMia();

        // Signing out signs out there, too: it asks for the password again.
        page.getByLabel("Mia").first().click();
        page.getByText("Sign out").click();
        page.waitForURL(url -> url.endsWith("/sign-in/left"));
        assertThat(page.getByText("Here and at your sign-in provider")).isVisible();

        // From then on, the provider alone.
        there.chooseAtSignIn();
        there.signIn(mia);
        assertHome();

        // The answer brought once more: by the same browser, and by another.
        Browser.forget(page);
        String used = answers.getLast();
        Response again = page.navigate(used);
        assertThat(again.status()).isEqualTo(422);
        assertThat(page.getByText("This browser came back without its question"))
                .isVisible();
        page.navigate("/");
        assertThat(page.locator("input[name=username]")).isVisible();
    }

    @Test
    void anOwnerLetsPeopleInByTheProviderAloneOnceSheHasSignedInThereAnew() {
        provider.add(mia.value(), true);
        connectMia();
        Browser.forget(page);
        there.chooseAtSignIn();
        there.signIn(mia);
        assertHome();

        page.navigate("/settings/sign-in");
        page.getByText("Only by The acme").click();
        assertThat(page.getByText("Confirm at The acme")).isVisible();
        button("Go on").click();
        assertThat(page.locator("vaadin-password-field[invalid]")).isVisible();

        there.confirmInDialog(mia);
        button("Go on").click();
        assertThat(page.getByText("From now on people come in by The acme only"))
                .isVisible();

        Browser.forget(page);
        page.navigate("/login");
        byPassword();
        assertThat(page.getByText("Your business lets you in by The acme only")).isVisible();
    }

    /** The first time, the account here is opened as otherwise. */
    private void connectMia() {
        there.chooseAtSignIn();
        there.signIn(mia);
        there.agree();
        assertThat(page.getByText("Sign in once as you do otherwise")).isVisible();
        byPassword();
        assertHome();
    }

    private void byPassword() {
        page.locator("input[name=username]").fill(mia.value());
        page.locator("input[name=password]").fill(PASSWORD);
        page.keyboard().press("Enter");
    }

    @Test
    void whoIsInvitedAcceptsByTheProviderWithoutAPassword() {
        EmailAddress eve = freshEmail();
        provider.add(eve.value(), true);
        TestTenants.asOwner(acme, () -> {
            invitations.invite(eve, StaffRole.of(Role.MARKETER));
            return true;
        });
        page.navigate(InvitationPages.linkOf(eve));
        page.getByText("Accept with The acme").click();
        there.awaitProvider();
        there.signIn(eve);
        there.agree();
        assertHome();
        page.navigate("/account");
        assertThat(page.getByText("The acme", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(page.locator("body")).containsText(eve.value());
    }

    @Test
    void whoIsNotLetInReadsWhatToDoAndTheLogHasTheReasonWithoutTheirName() {
        EmailAddress stranger = freshEmail();
        provider.add(stranger.value(), true);
        provider.add(mia.value(), false);
        try (CapturedLog log = new CapturedLog()) {
            there.chooseAtSignIn();
            there.signIn(stranger);
            there.agree();
            assertRefused(log, "Nobody here has this address", "unknown");

            Browser.forget(page);
            there.chooseAtSignIn();
            there.signIn(mia);
            button("Cancel").click();
            assertRefused(log, "You did not agree there", "cancelled");

            there.chooseAtSignIn();
            there.agree();
            assertRefused(log, "The provider does not say that this address is yours", "unverified");

            page.navigate("/login");
            page.getByText("Sign in with The away").click();
            assertRefused(log, "This way in is closed just now", "unreachable");
            assertThat(String.join("\n", log.ours()))
                    .doesNotContain(stranger.value())
                    .doesNotContain(mia.value());
        }
        page.locator("a.button").click();
        assertThat(page.locator("input[name=username]")).isVisible();
    }

    private void assertRefused(CapturedLog log, String title, String reason) {
        assertThat(page.getByText(title)).isVisible();
        String note = page.locator("p.soft").textContent();
        assertThat(note).matches("For who looks into it: [A-Z0-9]{6}");
        assertThat(String.join("\n", log.ours()))
                .contains(note.substring(note.length() - 6))
                .contains(" was " + reason);
    }

    private void assertHome() {
        page.waitForURL(url -> url.startsWith(CONSOLE) && !url.contains("/login") && !url.contains("/sign-in"));
        assertThat(page.getByText("Home").first()).isVisible();
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile(name)));
    }

    private static EmailAddress freshEmail() {
        return new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
    }
}
