package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.StaffAccounts;
import io.perennial.support.FreePort;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
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

/**
 * How a business begins, in a real browser: from the sign-in page over a mailed link through the guide to made-up
 * customers on Home, and out of them again; with the wrong turns that people take on the way.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ActiveProfiles("test")
@Import(TestTenants.class)
@DirtiesContext
class SignUpIT {

    private static final int PORT = FreePort.next();
    private static final Path SHOTS = Path.of("target", "journey");
    private static final String PASSWORD = "three calm words";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Autowired
    Businesses businesses;

    @Autowired
    StaffAccounts staff;

    private Browser browser;
    private Page page;
    private String mail;

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        registry.add("perennial.public-url", () -> "http://localhost:" + PORT);
    }

    @BeforeEach
    void openBrowser() throws IOException {
        Path chromium = Browser.find().orElse(null);
        Assumptions.assumeTrue(
                chromium != null,
                "No Chromium on this machine (CHROMIUM or PATH): the journey in a real browser is skipped");
        Files.createDirectories(SHOTS);
        mail = Long.toString(System.nanoTime(), 36) + "@founder.example";
        browser = new Browser(chromium);
        page = browser.page("http://localhost:" + PORT, 1440, 900, ColorScheme.LIGHT);
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void fromTheSignInPageToMadeUpCustomersAndBack() {
        try {
            String link = asksForALink();
            Page second = browser.anotherTab(page);
            second.navigate(link); // before it is used in the first tab
            foundsABusiness(link);
            theSecondTabFoundsNothing(second);
            goesThroughTheGuide();
            looksAroundAndRemovesTheSample();
            foundsAnotherAndSeesItRenamed();
            isCalledAnotherNameAtOnce();
            isLedToTheAccountWhenAskingAgain();
            // What is refused on the way answers with the status that says so: bad input, a link that was used in
            // another tab.
            assertThat(browser.errors())
                    .allMatch(error -> error.contains("status of 422") || error.contains("status of 410"));
        } catch (PlaywrightException | AssertionError e) {
            page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("sign-up-failed.png")));
            throw e;
        }
    }

    private String asksForALink() {
        page.navigate("/login");
        page.getByText("Found your business").click();
        page.fill("input[name=email]", "no address");
        submit();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("name@example.com");
        page.fill("input[name=email]", mail);
        submit();
        assertThat(page.getByText("Look into your mailbox")).isVisible();
        return mailed(0, "http://localhost:" + PORT + "/sign-up/[\\w-]{43}");
    }

    private void foundsABusiness(String link) {
        page.navigate(link);
        page.fill("input[name=business]", "Kavárna Lípa");
        page.fill("input[name=person]", "Jana Lipová");
        page.fill("input[name=password]", "Password1234");
        submit();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("hard to guess");
        assertThat(page.locator("input[name=business]")).hasValue("Kavárna Lípa");
        page.fill("input[name=password]", PASSWORD);
        page.locator("button[type=submit]").dblclick();
        Locator after = page.getByText(Pattern.compile("set up Kavárna Lípa|Your business is there already"));
        assertThat(after.first()).isVisible();
        if (!page.url().endsWith("/welcome")) { // the second click's answer won: what it says leads on
            page.locator("a.button").click();
            signIn();
            page.navigate("/welcome");
        }
        assertThat(staff.loadUserByUsername(mail).memberships()).hasSize(1);
    }

    private void theSecondTabFoundsNothing(Page second) {
        second.fill("input[name=business]", "Kavárna Dva");
        second.fill("input[name=person]", "Jana Lipová");
        second.fill("input[name=password]", PASSWORD);
        second.locator("button[type=submit]").click();
        // Its form was of a session that is over; it is refused and makes nothing.
        assertThat(second.locator("input[name=business]")).hasCount(0);
        assertThat(staff.loadUserByUsername(mail).memberships()).hasSize(1);
        second.close();
    }

    private void goesThroughTheGuide() {
        assertThat(heading()).containsText("Kavárna Lípa");
        button("Save and go on").click();
        page.waitForURL(Pattern.compile(".*step=brand"));
        // The step is drawn, with the scripts of what it is made of (0908).
        assertThat(page.locator("vaadin-text-area textarea")).isVisible();
        Business business = businesses.require(staff.loadUserByUsername(mail).tenant());
        // A browser whose clock is of no country is taken at its language.
        assertThat(business.zone().getId())
                .isIn(page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone"), "Europe/London");
        button("Save and go on").click();
        assertThat(page.getByText("no campaign starts without one")).isVisible();
        page.locator("vaadin-text-area textarea").fill("Kavárna Lípa\nVzorová 1\n602 00 Brno");
        button("Save and go on").click();
        page.waitForURL(Pattern.compile(".*step=sender"));
        assertThat(page.getByLabel("Sender name")).isVisible();
        awaitAnswers();
        page.goBack();
        page.waitForURL(Pattern.compile(".*step=brand"));
        assertThat(page.locator("vaadin-text-area textarea")).hasValue(Pattern.compile("Kavárna Lípa[\\s\\S]*"));
        awaitAnswers();
        page.goForward();
        page.waitForURL(Pattern.compile(".*step=sender"));
        button("Skip for now").click();
        page.waitForURL(Pattern.compile(".*step=customers"));
        page.reload(); // who comes back goes on here
        button("Load sample data").click();
        assertThat(page.getByText("Kavárna Lípa is set up")).isVisible();
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("guide.png")));
    }

    /** A browser that goes back or on while the page waits for the console's answer stays where it is. */
    private void awaitAnswers() {
        page.waitForFunction(
                "() => Object.values(window.Vaadin.Flow.clients).every(c => !c.isActive || !c.isActive())");
    }

    private void looksAroundAndRemovesTheSample() {
        button("Go to Home").click();
        assertThat(page.getByText("You look around with made-up customers")).isVisible();
        page.navigate("/customers");
        assertThat(page.getByText(Pattern.compile("^240 customers"))).isVisible();
        page.navigate("/welcome?step=customers");
        button("Remove all sample data").click();
        assertThat(page.getByText("I have a file")).isVisible();
        page.navigate("/customers");
        assertThat(page.getByText("Look around with sample data")).isVisible();
        page.navigate("/");
        button("Show these no more").click();
        assertThat(page.getByText("Send your first campaign")).not().isVisible();
    }

    private void foundsAnotherAndSeesItRenamed() {
        page.locator(".business-switcher vaadin-menu-bar-button").first().click();
        page.getByText("Found another business").click();
        assertThat(heading()).containsText("Found another business");
        button("Found it").click();
        assertThat(page.getByText("Give the business a name")).isVisible();
        page.getByLabel("Name of the business").fill("Druhá");
        button("Found it").click();
        page.waitForURL(Pattern.compile(".*/welcome.*"));
        page.getByLabel("Business name").fill("Druhá kavárna");
        button("Save and go on").click();
        assertThat(page.locator(".business-switcher")).containsText("Druhá kavárna");
        assertThat(staff.loadUserByUsername(mail).memberships()).hasSize(2);
    }

    private void isCalledAnotherNameAtOnce() {
        page.navigate("/account");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(false))
                .first()
                .fill("Jana Nová");
        button("Save name").click();
        assertThat(page.locator(".user-menu")).containsText("Jana Nová");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SHOTS.resolve("account.png"))
                .setFullPage(true));
    }

    private void isLedToTheAccountWhenAskingAgain() {
        BrowserContext stranger = page.context().browser().newContext();
        Page other = stranger.newPage();
        other.navigate("http://localhost:" + PORT + "/sign-up");
        other.fill("input[name=email]", mail);
        other.locator("button[type=submit]").click();
        assertThat(other.getByText("Look into your mailbox")).isVisible();
        other.navigate(mailed(1, "http://localhost:" + PORT + "/businesses/new"));
        assertThat(other.locator("input[name=username]")).isVisible();
        stranger.close();
    }

    private void signIn() {
        page.locator("input[name=username]").fill(mail);
        page.locator("input[name=password]").fill(PASSWORD);
        page.keyboard().press("Enter");
        assertThat(heading()).containsText("Jana");
    }

    private String mailed(int which, String link) {
        await().atMost(PATIENCE).until(() -> TestMail.receivedBy(mail).size() > which);
        List<ScriptedSmtp.Received> mails = TestMail.receivedBy(mail);
        return ReadMail.first(
                mails.stream()
                        .map(ScriptedSmtp.Received::content)
                        .reduce("", String::concat)
                        .replace("=\r\n", ""),
                "(" + link + ")");
    }

    private void submit() {
        page.locator("button[type=submit]").click();
    }

    private Locator heading() {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    private Locator button(String text) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(text).setExact(true));
    }
}
