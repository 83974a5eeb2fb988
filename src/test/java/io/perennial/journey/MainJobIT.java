package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.FreePort;
import io.perennial.support.TestTenants;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
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
 * its links followed, a voucher redeemed at the till, and the figures read. What has a time of its own (a campaign, an
 * announcement, a thank-you) is started by Quartz at that time; meanwhile the journey goes on elsewhere.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.quartz.auto-startup=true",
            "perennial.delivery.enabled=true",
            "perennial.insights.scheduled=true"
        })
@ActiveProfiles("test")
@Import({TestTenants.class, NeighbourShop.class})
@DirtiesContext
class MainJobIT {

    private static final int CUSTOMERS = 60;
    private static final int REGULARS = 20;
    private static final int PORT = FreePort.next();
    private static final Path SHOTS = Path.of("target", "journey");

    /** Who comes on the appreciation day. */
    private static final int GUEST = 3;

    private static final ZoneId PRAGUE = ZoneId.of("Europe/Prague");
    private static final String TOLD = "A thank-you for ";
    private static final String THANKED = "Thank you, Ada";

    /** Of a machine that does other things too. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A minute in the plan, the wake of Quartz, and delivery. */
    private static final Duration UNTIL_SENT = Duration.ofMinutes(2);

    @Autowired
    Businesses businesses;

    @Autowired
    StaffAccounts staff;

    @Autowired
    TestTenants tenants;

    @Autowired
    NeighbourShop neighbour;

    @TempDir
    Path folder;

    private Browser browser;
    private Page page;
    private String mark;
    private ZoneId zone;

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
            String promotion = plansAnAppreciationDay();
            Page campaign = schedulesAMailToTheRegulars();
            readsTheFigures();
            String code = everyRegularGotAVoucherOfTheirOwn();
            takesItAtTheTill(code);
            everyRegularGotTheMailOnce(campaign);
            theirLinksWork(ReadMail.awaited(customer(7), mark, PATIENCE));
            whoCameIsThanked(promotion);
            assertThat(browser.errors()).isEmpty();
        } catch (PlaywrightException | AssertionError e) {
            page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("failed.png")));
            throw e;
        }
    }

    /** Case 38: what a customer calls themselves, staff look at. */
    @Test
    void markupInACustomersNameIsTextAndNothingRuns() throws Exception {
        String hostile = "<img src=x onerror=window.ran=1><svg onload=window.ran=1>";
        aNewShopSignsIn();
        checkFile(
                "customers.csv",
                "external_id;email;first_name;last_name;city\nc1;%s@customer.example;%s;%s;%s\n"
                        .formatted(mark, hostile, hostile, hostile));
        showsAsText(hostile);
        importIt("Import 1 customer");
        page.navigate("/customers");
        showsAsText(hostile);
        page.getByText(mark + "@customer.example").first().click();
        page.waitForURL(Pattern.compile(".*/customers/\\d+"));
        showsAsText(hostile);
        page.navigate("/segments/new?starter=REGULARS");
        page.getByLabel("Name").fill(hostile);
        button("Save segment").click();
        showsAsText(hostile);
        page.navigate("/segments");
        showsAsText(hostile);
        assertThat(browser.errors()).isEmpty();
    }

    private void showsAsText(String hostile) {
        assertThat(page.getByText(hostile).first()).isVisible();
        assertThat(page.evaluate("() => window.ran ?? 'nothing'")).isEqualTo("nothing");
    }

    private void aNewShopSignsIn() {
        TenantId tenant = tenants.fresh("Kavárna Lípa");
        long account = staff.ensureAccount(new EmailAddress(mark + "@journey.example"), "Jana Lipová", "long-secret-7");
        staff.addMember(tenant, account, Role.OWNER);
        zone = awayFromMidnight();
        TestTenants.asOwner(tenant, () -> {
            Business b = NeighbourShop.reachable(businesses.current());
            businesses.update(new Business(
                    b.id(),
                    b.name(),
                    b.country(),
                    b.locale(),
                    zone,
                    b.currency(),
                    b.postalAddress(),
                    b.senderName(),
                    b.senderEmail(),
                    b.replyTo(),
                    b.website()));
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
                orders.append("o%d-%d;c%d;%s;k1;Kenya AA;Coffee;2;%d\n"
                        .formatted(i, o, i, today.minusDays(40L * o + i), 100 + 10 * i));
            }
        }
        customers.append("c999;this is no address;Bad;Row;Brno;1990-05-17\n");
        checkFile("customers.csv", customers);
        assertThat(page.getByText("61 rows checked, nothing saved yet: 60 new customers"))
                .isVisible();
        theBadRowIsExplained();
        importIt("Import 60 customers");
        theBadRowIsExplained();
        checkFile("orders.csv", orders);
        importIt("Import 100 orders");
        page.navigate("/customers");
        assertThat(page.getByText(mark + "-", new Page.GetByTextOptions()).first())
                .isVisible();
        shot("customers");
    }

    private void checkFile(String name, CharSequence content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        page.navigate("/customers/import");
        page.locator("vaadin-upload input[type=file]").setInputFiles(file);
        button("Check the file").click();
    }

    private void importIt(String deed) {
        button(deed).click();
        assertThat(button("Import another file")).isVisible();
    }

    private void theBadRowIsExplained() throws IOException {
        Locator leftOut = page.locator("vaadin-grid");
        assertThat(leftOut.getByText("62", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(leftOut.getByText("This is not an e-mail address.")).isVisible();
        Download download = page.waitForDownload(
                () -> page.getByText("Download 1 rejected row").click());
        String[] lines = Files.readString(download.path()).strip().split("\r\n");
        assertThat(lines).hasSize(2);
        assertThat(lines[0]).endsWith("line;column;reason;external_id;email;first_name;last_name;city;birthday");
        assertThat(lines[1]).startsWith("62;email;").endsWith(";c999;this is no address;Bad;Row;Brno;1990-05-17");
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

    /** Today, told within two minutes, with thanks a minute after that. */
    private String plansAnAppreciationDay() {
        page.navigate("/promotions/new");
        type("Name", "Den díků");
        type("Day", date(today()));
        assertThat(page.getByLabel("Last day")).hasValue(date(today().plusDays(6))); // all days move with it
        type("Last day", date(today()));
        choose("For customers in", "Regulars");
        type("Percent", "20");
        button("Use the ready-made mail").first().click();
        assertThat(page.getByText("Open this mail")).hasCount(1);
        button("Use the ready-made mail").click();
        assertThat(page.getByText("Open this mail")).hasCount(2);
        type("Announcement goes out date", date(today()));
        type("Thank-you mail goes out date", date(today()));
        LocalDateTime told = soon();
        type("Announcement goes out time", clock(told));
        type("Thank-you mail goes out time", clock(told.plusMinutes(1)));
        button("Plan for " + REGULARS + " customers").click();
        confirm();
        page.waitForURL(Pattern.compile(".*/promotions/\\d+"));
        assertThat(page.getByText("Its mails are scheduled.", new Page.GetByTextOptions())
                        .first())
                .isVisible();
        shot("promotion");
        neighbour.announces(
                neighbourCustomer(),
                soon().atZone(zone).withZoneSameInstant(PRAGUE).toLocalDateTime());
        return page.url();
    }

    /** @return the tab in which the campaign is watched */
    private Page schedulesAMailToTheRegulars() {
        page.navigate("/campaigns/new");
        page.getByLabel("Name").fill("Hello again");
        page.getByLabel("Name").press("Tab");
        choose("Customers in these segments", "Regulars");
        choose("Template", "Win back");
        shot("campaign");
        LocalDateTime at = soon();
        type("Date and time Date", date(at.toLocalDate()));
        type("Date and time Time", clock(at));
        button("Schedule for " + clock(at)).click();
        assertThat(page.getByText("Scheduled").first()).isVisible();
        Page watched = page;
        page = browser.anotherTab(page);
        return watched;
    }

    private void readsTheFigures() {
        page.navigate("/insights");
        Locator figures = page.locator(".answer-tile .metric-value");
        assertThat(figures.first()).isVisible();
        assertThat(figures.allTextContents()).hasSizeGreaterThan(4).anyMatch(figure -> figure.matches(".*\\d.*%"));
        assertThat(page.getByText("CZK").first()).isVisible();
        shot("insights");

        page.navigate("/insights/cohorts");
        assertThat(page.locator(".heat-map svg text")).not().hasCount(0);
        page.getByText("As a table").first().click();
        Locator cells = page.locator(".data-table").first().locator("td");
        assertThat(cells.first()).isVisible();
        assertThat(cells.allTextContents().stream().filter(cell -> cell.matches("\\d.*%")))
                .hasSizeGreaterThan(4);

        page.navigate("/insights/rfm");
        assertThat(page.getByText("Champions").first()).isVisible();

        page.navigate("/insights/at-risk");
        assertThat(page.locator(".at-risk-grid").getByText(mark + "-").first()).isVisible();
        button("Make a segment").click();
        button("Create segment").click();
        assertThat(page.getByText("Segment created")).isVisible();
        button("Open the segment").click();
        page.waitForURL(Pattern.compile(".*/segments/\\d+"));
        assertThat(page.getByLabel("Name")).hasValue("At risk and worth keeping");
    }

    private String everyRegularGotAVoucherOfTheirOwn() {
        Set<String> codes = new HashSet<>();
        for (int i = 1; i <= REGULARS; i++) {
            ReadMail told = ReadMail.awaited(customer(i), TOLD, UNTIL_SENT);
            assertThat(told.html()).contains("20% off").contains(told.voucher());
            codes.add(told.voucher());
        }
        assertThat(codes).hasSize(REGULARS);
        assertThat(ReadMail.of(customer(REGULARS + 1), TOLD)).isEmpty();
        return ReadMail.awaited(customer(GUEST), TOLD, PATIENCE).voucher();
    }

    private void takesItAtTheTill(String code) {
        page.navigate("/promotions/redeem");
        typeCode(code.toLowerCase(Locale.ROOT).replace("-", " "), "Valid");
        assertThat(page.getByText("For Ada" + GUEST)).isVisible();
        page.getByLabel("Order amount (optional)").fill("400");
        button("Redeem").click();
        verdict("Redeemed");
        shot("till");
        typeCode(code, "Already used");
        typeCode(ReadMail.awaited(neighbourCustomer(), TOLD, UNTIL_SENT).voucher(), "Not a voucher of yours");
        typeCode(code.substring(0, code.length() - 2) + "-*", "Check the code");
    }

    private void typeCode(String code, String verdict) {
        Locator field = page.getByLabel("Voucher code");
        field.fill(code);
        field.press("Enter");
        verdict(verdict);
    }

    private void verdict(String words) {
        assertThat(page.locator(".till-card h2")).hasText(words);
    }

    /** The tab was open all the time: what it shows came by itself. */
    private void everyRegularGotTheMailOnce(Page campaign) {
        assertThat(campaign.getByText(REGULARS + " of " + REGULARS + " done").first())
                .isVisible(new IsVisibleOptions().setTimeout((double) UNTIL_SENT.toMillis()));
        Locator outcomes = campaign.locator(".campaign-outcomes vaadin-grid");
        assertThat(outcomes.getByText("Sent")
                        .filter(new Locator.FilterOptions().setVisible(true))
                        .first())
                .isVisible();
        assertThat(outcomes.getByText(mark + "-").first()).isVisible();
        campaign.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("campaign-sent.png")));
        for (int i = 1; i <= CUSTOMERS; i++) {
            assertThat(ReadMail.of(customer(i), mark)).hasSize(i <= REGULARS ? 1 : 0);
        }
    }

    private void theirLinksWork(ReadMail mail) throws Exception {
        assertThat(mail.subject()).isEqualTo("Dear Ada7, " + mark);
        assertThat(mail.unsubscribePost()).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(mail.text()).contains("Lipová 5");
        assertThat(mail.html()).contains("Ada7");

        HttpClient http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        String clicked = ReadMail.first(mail.html(), "href=\"(http://localhost:%d/p/c/[^\"]+)\"".formatted(PORT));
        HttpResponse<String> click =
                http.send(HttpRequest.newBuilder(URI.create(clicked)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(click.statusCode()).isEqualTo(302);

        page.navigate(mail.unsubscribe());
        shot("unsubscribe");
        page.locator("form button[type=submit]").first().click();
        page.waitForLoadState();
        HttpResponse<String> oneClick = http.send(
                HttpRequest.newBuilder(URI.create(mail.unsubscribe()))
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

    private void whoCameIsThanked(String promotion) {
        ReadMail.awaited(customer(GUEST), THANKED, UNTIL_SENT);
        page.navigate(promotion);
        assertThat(tile("Mails")).containsText(Integer.toString(REGULARS));
        assertThat(tile("Redeemed")).containsText("5.0% of the vouchers");
        assertThat(tile("Redeemed").locator(".metric-value")).hasText("1");
        assertThat(tile("Cost")).containsText("80");
        assertThat(tile("Revenue of redeemed orders")).containsText("400");
        for (int i = 1; i <= REGULARS; i++) {
            assertThat(ReadMail.of(customer(i), THANKED)).hasSize(i == GUEST ? 1 : 0);
        }
        shot("promotion-result");
    }

    private Locator tile(String label) {
        return page.locator(".metric-tile")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(label, new Page.GetByTextOptions().setExact(true))));
    }

    private void type(String label, String value) {
        Locator field = page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
        field.fill(value);
        field.press("Enter");
    }

    private void confirm() {
        page.locator("vaadin-confirm-dialog vaadin-button[slot=confirm-button]").click();
    }

    /** The first full minute that still leaves time to press the button. */
    private LocalDateTime soon() {
        return LocalDateTime.now(zone)
                .plusSeconds(25)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1);
    }

    private LocalDate today() {
        return LocalDate.now(zone);
    }

    private static String date(LocalDate day) {
        return DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ENGLISH).format(day);
    }

    private static String clock(LocalDateTime time) {
        return DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).format(time);
    }

    /** Prague, unless its day is about to end. */
    private static ZoneId awayFromMidnight() {
        return LocalTime.now(PRAGUE).isAfter(LocalTime.of(23, 45)) ? ZoneId.of("Asia/Tokyo") : PRAGUE;
    }

    private String customer(int number) {
        return mark + "-" + number + "@customer.example";
    }

    private String neighbourCustomer() {
        return mark + "@neighbour.example";
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
}
