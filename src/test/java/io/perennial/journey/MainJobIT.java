package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The product's main job once, as its users do it, in a real browser: from a file of customers to a mail in an inbox,
 * its links followed, a voucher redeemed, and the figures read.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {"spring.quartz.auto-startup=true", "perennial.delivery.enabled=true"})
@ActiveProfiles("test")
@Import(TestTenants.class)
@DirtiesContext
class MainJobIT {

    private static final int CUSTOMERS = 60;
    private static final int REGULARS = 20;
    private static final int PORT = freePort();
    private static final Path SHOTS = Path.of("target", "journey");

    @Autowired
    Businesses businesses;

    @Autowired
    StaffAccounts staff;

    @Autowired
    TestTenants tenants;

    @TempDir
    Path folder;

    private Browser browser;
    private Page page;
    private String mark;

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
        mark = Long.toString(System.nanoTime(), 36);
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
    void fromAFileOfCustomersToAMailAVoucherAndTheFigures() throws Exception {
        try {
            aNewShopSignsIn();
            importsCustomersAndOrders();
            makesASegmentOfRegulars();
            writesAMail();
            String subject = sendsItToTheRegulars();
            ScriptedSmtp.Received mail = everyRegularGotItOnce(subject);
            theirLinksWork(mail);
            readsTheFigures();
            assertThat(browser.errors()).isEmpty();
        } catch (PlaywrightException | AssertionError e) {
            page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("failed.png")));
            throw e;
        }
    }

    private void aNewShopSignsIn() {
        TenantId tenant = tenants.fresh("Kavárna Lípa");
        long account = staff.ensureAccount(new EmailAddress(mark + "@journey.example"), "Jana Lipová", "long-secret-7");
        staff.addMember(tenant, account, Role.OWNER);
        TestTenants.asOwner(tenant, () -> {
            Business b = businesses.current();
            businesses.update(new Business(
                    b.id(),
                    b.name(),
                    b.country(),
                    b.locale(),
                    b.zone(),
                    b.currency(),
                    "Lipová 5, 602 00 Brno",
                    "Kavárna Lípa",
                    "hello@journey.example",
                    null,
                    "https://lipa.example"));
        });
        page.navigate("/login");
        page.locator("input[name=username]").fill(mark + "@journey.example");
        page.locator("input[name=password]").fill("long-secret-7");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .containsText("Jana");
    }

    private void importsCustomersAndOrders() throws IOException {
        StringBuilder customers = new StringBuilder("external_id;email;first_name;last_name;city;birthday\n");
        StringBuilder orders = new StringBuilder("order_id;customer_id;date;sku;product;category;quantity;price\n");
        LocalDate today = LocalDate.now();
        for (int i = 1; i <= CUSTOMERS; i++) {
            customers.append("c%d;%s-%d@customer.example;Ada%d;Nováková;Brno;1990-05-17\n".formatted(i, mark, i, i));
            int orderCount = i <= REGULARS ? 3 : 1;
            for (int o = 1; o <= orderCount; o++) {
                orders.append(
                        "o%d-%d;c%d;%s;k1;Kenya AA;Coffee;2;250\n".formatted(i, o, i, today.minusDays(40L * o + i)));
            }
        }
        customers.append("c999;this is no address;Bad;Row;Brno;1990-05-17\n");
        importFile("customers.csv", customers, "Import 60 customers");
        importFile("orders.csv", orders, "Import 100 orders");
        page.navigate("/customers");
        assertThat(page.getByText(mark + "-", new Page.GetByTextOptions()).first())
                .isVisible();
        shot("customers");
    }

    private void importFile(String name, CharSequence content, String deed) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        page.navigate("/customers/import");
        page.locator("vaadin-upload input[type=file]").setInputFiles(file);
        button("Check the file").click();
        button(deed).click();
        assertThat(page.getByText("Done").first()).isVisible();
    }

    private void makesASegmentOfRegulars() {
        page.navigate("/segments/new?starter=REGULARS");
        page.getByLabel("Name").fill("Regulars");
        assertThat(page.getByText(REGULARS + " customers").first()).isVisible();
        button("Save segment").click();
        assertThat(page.getByText("Saved “Regulars”.")).isVisible();
        shot("segment");
    }

    private void writesAMail() {
        page.navigate("/templates/new");
        button("Use this one: Win back").click();
        page.waitForURL(Pattern.compile(".*/templates/\\d+"));
        Locator subject = page.getByLabel("Subject");
        subject.fill("Dear {{ customer.first_name | default: \"friend\" }}, " + mark);
        subject.press("Tab");
        assertThat(page.getByText("Dear Ada1, " + mark).first()).isVisible();
        assertThat(page.getByText(Pattern.compile("^Saved \\d")).first()).isVisible();
        shot("template");
    }

    private String sendsItToTheRegulars() {
        page.navigate("/campaigns/new");
        page.getByLabel("Name").fill("Hello again");
        page.getByLabel("Name").press("Tab");
        choose("Customers in these segments", "Regulars");
        choose("Template", "Win back");
        page.getByLabel("As soon as you press the button").check();
        shot("campaign");
        button("Send now to " + REGULARS + " customers").first().click();
        page.locator("vaadin-confirm-dialog vaadin-button[slot=confirm-button]").click();
        assertThat(page.getByText("Sent").first())
                .isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions()
                        .setTimeout(60_000));
        shot("campaign-sent");
        return mark;
    }

    private ScriptedSmtp.Received everyRegularGotItOnce(String subject) {
        for (int i = 1; i <= REGULARS; i++) {
            String address = mark + "-" + i + "@customer.example";
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> TestMail.receivedBy(address).size() == 1);
        }
        for (int i = REGULARS + 1; i <= CUSTOMERS; i++) {
            assertThat(TestMail.receivedBy(mark + "-" + i + "@customer.example"))
                    .isEmpty();
        }
        ScriptedSmtp.Received mail =
                TestMail.receivedBy(mark + "-7@customer.example").getFirst();
        assertThat(subject).isNotBlank();
        return mail;
    }

    private void theirLinksWork(ScriptedSmtp.Received received) throws Exception {
        MimeMessage mail = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(received.content().getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(mail.getSubject()).isEqualTo("Dear Ada7, " + mark);
        assertThat(mail.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        Multipart parts = (Multipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        String text = body(parts.getBodyPart(0));
        String html = body(parts.getBodyPart(1));
        assertThat(text).contains("Lipová 5");
        assertThat(html).contains("Ada7");

        HttpClient http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        String clicked = first(html, "href=\"(http://localhost:%d/p/c/[^\"]+)\"".formatted(PORT));
        HttpResponse<String> click =
                http.send(HttpRequest.newBuilder(URI.create(clicked)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(click.statusCode()).isEqualTo(302);

        String unsubscribe = first(mail.getHeader("List-Unsubscribe")[0], "<(http[^>]+)>");
        page.navigate(unsubscribe);
        shot("unsubscribe");
        page.locator("form button[type=submit]").first().click();
        page.waitForLoadState();
        HttpResponse<String> oneClick = http.send(
                HttpRequest.newBuilder(URI.create(unsubscribe))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(oneClick.statusCode()).isEqualTo(200);

        page.navigate("/campaigns/new");
        page.getByLabel("Name").fill("Again");
        page.getByLabel("Name").press("Tab");
        choose("Customers in these segments", "Regulars");
        assertThat(page.getByText((REGULARS - 1) + " customers get it").first()).isVisible();
    }

    private void readsTheFigures() {
        for (String path : List.of("/insights", "/insights/cohorts", "/insights/rfm", "/insights/at-risk")) {
            page.navigate(path);
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .isVisible();
        }
    }

    private void choose(String label, String option) {
        Locator box = page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
        box.click();
        box.pressSequentially(option);
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(option))
                .first()
                .click();
        box.press("Escape");
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private void shot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
    }

    private static String body(BodyPart part) throws Exception {
        return (String) part.getContent();
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
