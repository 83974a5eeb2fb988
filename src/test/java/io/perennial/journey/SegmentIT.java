package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.segments.KeptSegments;
import io.perennial.segments.Membership;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule;
import io.perennial.segments.SegmentRef;
import io.perennial.segments.Segments;
import io.perennial.support.FreePort;
import io.perennial.support.TestTenants;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.awaitility.Awaitility;
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

/** Segments in a real browser: built by keyboard alone, left with the reason said, put away and taken back, and not deleted while needed. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ActiveProfiles("test")
@Import({TestTenants.class, KeptSegments.class})
@DirtiesContext
class SegmentIT {

    private static final int PORT = FreePort.next();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Fields from one end of the page to the other. */
    private static final int MOST_TABS = 60;

    /** What the keyboard is at, by the name that a screen reader says; within the parts of a field too. */
    private static final String FOCUSED = """
            () => {
              let e = document.activeElement;
              while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
              if (!e || e === document.body) return '';
              const by = (e.getAttribute('aria-labelledby') ?? '').split(' ')
                  .map(id => e.getRootNode().getElementById?.(id) ?? document.getElementById(id))
                  .map(label => label?.textContent.trim() ?? '').join(' ').trim();
              return (e.getAttribute('aria-label') || by || e.innerText
                  || e.querySelector('[aria-label]')?.getAttribute('aria-label') || '').trim();
            }""";

    @TempDir
    static Path disk;

    @Autowired
    StaffAccounts staff;

    @Autowired
    TestTenants tenants;

    @Autowired
    CustomerImports imports;

    @Autowired
    Segments segments;

    @Autowired
    Membership membership;

    @Autowired
    KeptSegments kept;

    private Browser browser;
    private Page page;
    private TenantId acme;

    @DynamicPropertySource
    static void places(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        registry.add("perennial.public-url", () -> "http://localhost:" + PORT);
        registry.add("perennial.data-folder", () -> disk.resolve("data").toString());
    }

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        sells(acme, "Coffee", "Ada");
        sells(tenants.fresh("Globex"), "Coffins", "Adam");
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void aSegmentIsBuiltByKeyboardAlone() {
        signIn();
        try {
            page.navigate("/segments");
            assertThat(page.getByText("New segment").first()).isVisible();
            tabTo("New segment");
            page.keyboard().press("Enter");
            focused("Name");
            page.keyboard().type("Coffee lovers");

            tabTo("Value");
            page.keyboard().type("2");
            tabTo("How many");
            replace("60");
            tabTo("Only some orders");
            page.keyboard().press("ArrowDown");
            focused("Category");
            page.keyboard().press("Enter");
            Locator categories = page.locator("vaadin-multi-select-combo-box");
            assertThat(categories.locator("input")).isFocused();
            page.keyboard().type("Coff");
            offered("Coffee");
            assertThat(page.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText("Coffins")))
                    .hasCount(0);
            page.keyboard().press("Escape");
            tabTo("And also");
            page.keyboard().press("Enter");
            focused("Figure Value of orders");
            tabTo("Value");
            page.keyboard().type("50");

            tabTo("Add condition");
            page.keyboard().press("Enter");
            focused("What");
            replace("Cit");
            offered("City");
            assertThat(page.locator(".rule-period")).hasCount(1);
            tabTo("Value");
            page.keyboard().type("Brn");
            offered("Brno");

            tabTo("Add group");
            page.keyboard().press("Enter");
            focused("What");
            replace("Orders, all");
            offered("Orders, all time");
            assertThat(page.locator(".rule-period")).hasCount(1);
            tabTo("Value");
            page.keyboard().type("1");
            tabTo("What to do with this condition");
            assertThat(page.locator(".segment-live")).containsText("1 customer");
            assertThat(page.locator(".segment-live")).containsText("Ada");

            tabBackTo("Save segment");
            page.keyboard().press("Enter");
            assertThat(page.getByText("Saved “Coffee lovers”.")).isVisible();
            tabTo("Size and people");
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.endsWith("/people"));
            assertThat(page.getByText("Why is somebody in it, or not?")).isVisible();
            tabTo("Customer");
            page.keyboard().type("Ad");
            offered("Ada");
            assertThat(page.locator(".why-card")).containsText("Ada is in it");
            assertThat(page.locator(".why-card")).containsText("Coffee");
            assertThat(browser.errors()).isEmpty();
        } catch (PlaywrightException | AssertionError e) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "journey", "segment-failed.png")));
            throw e;
        }
    }

    @Test
    void whoLeftIsShownWithWhatTurnedAndAnArchivedSegmentComesBackByOneClick() {
        SegmentRef brno = TestTenants.asOwner(
                acme, () -> segments.create("People of Brno", Rule.Condition.of(Rule.Field.CITY, Operator.IS, "Brno")));
        counted(brno, 2);
        TestTenants.asOwner(
                acme,
                () -> imports.importCustomers(
                        csv("external_id,first_name,city", "a,Ada,Praha"),
                        ImportMapping.guess(ImportKind.CUSTOMERS, List.of("external_id", "first_name", "city")),
                        ImportOptions.of("moved.csv", CsvFormat.STANDARD)));
        counted(brno, 1);
        signIn();
        page.navigate("/segments/" + brno.id() + "/people?moves=left");
        Locator moves = page.locator(".people-section")
                .filter(new Locator.FilterOptions().setHasText("Who came and went"))
                .locator("li");
        assertThat(moves).hasCount(1);
        assertThat(moves).containsText("Ada");
        assertThat(moves).containsText("“City is Brno”");

        page.getByRole(
                        AriaRole.MENUITEM,
                        new Page.GetByRoleOptions().setName("More").setExact(true))
                .click();
        page.getByRole(
                        AriaRole.MENUITEM,
                        new Page.GetByRoleOptions().setName("Archive").setExact(true))
                .click();
        Locator told = page.locator("vaadin-notification-card")
                .filter(new Locator.FilterOptions().setHasText("Archived “People of Brno”"));
        assertThat(told).isVisible();
        assertThat(page.locator(".filter-chips")).containsText("Archived");
        assertThat(page.locator(".segment-row")).hasCount(0);
        told.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Undo"))
                .click();
        assertThat(page.locator(".page-head h1")).hasText("People of Brno");
        assertThat(TestTenants.asOwner(acme, () -> segments.list())).contains(brno);
        assertThat(browser.errors()).isEmpty();
    }

    /** What looks after segments beside may be at it already; then it is over a moment later. */
    private void counted(SegmentRef segment, long members) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> TestTenants.asOwner(acme, () -> {
                    kept.lookAfter(acme);
                    assertThat(membership.size(segment.id()).members()).isEqualTo(members);
                }));
    }

    @Test
    void deletingIsRefusedWithTheWayToWhatNeedsIt() {
        SegmentRef needed = TestTenants.asOwner(acme, () -> segments.create("Everybody", Rule.everybody()));
        SegmentRef needing = TestTenants.asOwner(
                acme, () -> segments.create("Nearly everybody", new Rule.Member(needed.id(), true)));
        signIn();
        page.navigate("/segments/" + needed.id());
        page.getByRole(
                        AriaRole.MENUITEM,
                        new Page.GetByRoleOptions().setName("More").setExact(true))
                .click();
        page.getByRole(
                        AriaRole.MENUITEM,
                        new Page.GetByRoleOptions().setName("Delete").setExact(true))
                .click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("“Everybody” is needed and cannot be deleted");
        dialog.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Nearly everybody"))
                .click();
        page.waitForURL(url -> url.contains("/segments/" + needing.id()));
        assertThat(page.locator(".page-head h1")).containsText("Nearly everybody");
        assertThat(TestTenants.asOwner(acme, () -> segments.list())).contains(needed, needing);
        assertThat(browser.errors()).isEmpty();
    }

    private void tabTo(String name) {
        step("Tab", name);
    }

    private void tabBackTo(String name) {
        step("Shift+Tab", name);
    }

    /** Only where nothing is still to be drawn: what is passed by may not be there a moment later. */
    private void step(String key, String name) {
        for (int i = 0; i < MOST_TABS; i++) {
            page.keyboard().press(key);
            if (page.evaluate(FOCUSED).equals(name)) {
                return;
            }
        }
        throw new AssertionError(
                "The keyboard does not come to " + name + " by " + key + "; it is at " + page.evaluate(FOCUSED));
    }

    private void focused(String name) {
        page.waitForFunction("name => (" + FOCUSED + ")() === name", name);
    }

    private void replace(String words) {
        page.keyboard().press("ControlOrMeta+a");
        page.keyboard().type(words);
    }

    /** Takes the first of what is offered, once that is it. */
    private void offered(String words) {
        assertThat(page.getByRole(AriaRole.OPTION).first()).containsText(words);
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
    }

    /** Ada's shop: she bought for more than 50 in two orders, Bea in one; Cyr did not in Brno. */
    private void sells(TenantId tenant, String category, String first) {
        String day = LocalDate.now().minusDays(3).toString();
        TestTenants.asOwner(tenant, () -> {
            imports.importCustomers(
                    csv("external_id,first_name,city", "a," + first + ",Brno", "b,Bea,Brno", "c,Cyr,Praha"),
                    ImportMapping.guess(ImportKind.CUSTOMERS, List.of("external_id", "first_name", "city")),
                    ImportOptions.of("customers.csv", CsvFormat.STANDARD));
            List<String> columns = List.of("order_id", "date", "external_id", "amount", "product", "category");
            String rest = ",Beans," + category;
            imports.importOrders(
                    csv(
                            String.join(",", columns),
                            "1," + day + ",a,40" + rest,
                            "2," + day + ",a,40" + rest,
                            "3," + day + ",b,90" + rest,
                            "4," + day + ",c,40" + rest,
                            "5," + day + ",c,40" + rest),
                    ImportMapping.guess(ImportKind.ORDERS, columns),
                    ImportOptions.of("orders.csv", CsvFormat.STANDARD));
        });
    }

    private static InputStream csv(String... lines) {
        return new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void signIn() {
        Path chromium = Browser.find().orElse(null);
        Assumptions.assumeTrue(chromium != null, "No Chromium on this machine (CHROMIUM or PATH)");
        EmailAddress mia = new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
        staff.addMember(acme, staff.ensureAccount(mia, "Mia", "three calm words"), Role.OWNER);
        browser = new Browser(chromium);
        PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
        page = browser.page("http://localhost:" + PORT, 1440, 900, ColorScheme.LIGHT);
        page.navigate("/login");
        page.locator("input[name=username]").fill(mia.value());
        page.locator("input[name=password]").fill("three calm words");
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
    }
}
