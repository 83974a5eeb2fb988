package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.CustomerTags;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.FreePort;
import io.perennial.support.TestTenants;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** A list of customers without a mouse: filtered, walked down, one opened, tagged, and back to where the walk was left. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ActiveProfiles("test")
@Import(TestTenants.class)
@DirtiesContext
class KeyboardIT {

    private static final int PORT = FreePort.next();
    private static final int CUSTOMERS = 300;
    private static final int MOST_KEYS = 60;
    private static final int DOWN = 60;

    /** The name in the row whose cell has the focus; empty where none has it, or its row is not there yet. */
    private static final String ROW = """
        () => {
          const grid = document.querySelector('vaadin-grid');
          const cell = grid && grid.shadowRoot.activeElement;
          const row = cell && cell.closest('tbody tr');
          const cells = row ? [...row.querySelectorAll('slot')].flatMap((slot) => slot.assignedElements()) : [];
          const link = cells.map((one) => one.querySelector('a')).find((found) => found);
          return link ? link.textContent : '';
        }\
        """;

    @Autowired
    StaffAccounts staff;

    @Autowired
    TestTenants tenants;

    @Autowired
    CustomerImports imports;

    @Autowired
    CustomerTags tags;

    private Browser browser;
    private Page page;
    private TenantId acme;
    private TenantId globex;

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        registry.add("perennial.public-url", () -> "http://localhost:" + PORT);
    }

    @BeforeEach
    void twoBusinessesWithTheSameCustomers() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        importInto(acme);
        importInto(globex);
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void whoOpensACustomerFarDownTheListFindsTheWayBackToTheirRow() {
        signIn(1440, 900);
        walk();
    }

    @Test
    void andSoOnAPhone() {
        signIn(390, 844);
        walk();
    }

    private void walk() {
        page.navigate("/customers?sort=name");
        assertThat(page.locator("vaadin-grid a").first()).hasText(name(0));
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip-link:focus"))
                .hasText("Skip to the page"); // the drawer's, or the bar's on a phone
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).isFocused();
        Locator search = page.locator(".customer-search input");
        tabTo(".customer-search");
        page.keyboard().type("Brno");
        page.waitForURL(url -> url.contains("q=Brno"));
        assertThat(page.getByText(CUSTOMERS / 2 + " customers").first()).isVisible();

        tabTo("vaadin-grid");
        page.keyboard().press("Tab"); // from the head of the table to its rows
        // Step by step, each waited for: rows load while they are walked over.
        for (int step = 0; step < DOWN; step++) {
            String here = name(2 * step);
            page.waitForCondition(() -> row().equals(here));
            page.keyboard().press("ArrowDown");
        }
        String walkedTo = name(2 * DOWN);
        page.waitForCondition(() -> row().equals(walkedTo));
        page.keyboard().press("ArrowRight"); // no link in this cell, yet Enter opens the row
        page.keyboard().press("ArrowRight");
        int first = firstRow();
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/customers/\\d+"));
        assertThat(page.locator("h1")).containsText(walkedTo);
        assertThat(page.locator("h1")).isFocused();
        CustomerId opened = new CustomerId(Long.parseLong(page.url().replaceAll(".*/", "")));

        tabTo(".customer-tags");
        page.keyboard().type("regular");
        page.keyboard().press("Enter");
        assertThat(page.getByText("Tags saved.").first()).isVisible();
        page.keyboard().press("Escape");
        TestTenants.asOwner(acme, () -> assertThat(tags.of(opened)).containsExactly("regular"));
        TestTenants.asOwner(globex, () -> assertThat(tags.of(opened)).isEmpty());

        page.goBack();
        page.waitForCondition(() -> row().equals(walkedTo));
        assertThat(page.url()).contains("q=Brno").contains("sort=name");
        assertThat(search).hasValue("Brno");
        page.waitForCondition(() -> Math.abs(firstRow() - first) <= 1);
        page.keyboard().press("ArrowDown");
        String next = name(2 * DOWN + 2);
        page.waitForCondition(() -> row().equals(next));
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/customers/\\d+"));
        assertThat(page.locator("h1")).containsText(next);
        assertThat(browser.errors()).isEmpty();
    }

    /** Presses Tab until the focus is inside; whoever gets stuck on the way never comes there. */
    private void tabTo(String selector) {
        String inside =
                "selector => document.activeElement !== null && document.activeElement.closest(selector) !== null";
        for (int key = 0; key < MOST_KEYS; key++) {
            if (Boolean.TRUE.equals(page.evaluate(inside, selector))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("The focus did not come to " + selector + " with " + MOST_KEYS + " tabs");
    }

    private String row() {
        return String.valueOf(page.evaluate(ROW));
    }

    private int firstRow() {
        return ((Number) page.evaluate("() => Math.round(document.querySelector('vaadin-grid')._firstVisibleIndex)"))
                .intValue();
    }

    private void signIn(int width, int height) {
        Path chromium = Browser.find().orElse(null);
        Assumptions.assumeTrue(chromium != null, "No Chromium on this machine (CHROMIUM or PATH)");
        EmailAddress mia = new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
        staff.addMember(acme, staff.ensureAccount(mia, "Mia", "three calm words"), Role.OWNER);
        browser = new Browser(chromium);
        page = browser.page("http://localhost:" + PORT, width, height, ColorScheme.LIGHT);
        page.navigate("/login");
        page.locator("input[name=username]").fill(mia.value());
        page.locator("input[name=password]").fill("three calm words");
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
    }

    /** Every second one in Brno. */
    private void importInto(TenantId tenant) {
        String rows = IntStream.range(0, CUSTOMERS)
                .mapToObj(i -> "c%d,brno%d@customer.example,%s".formatted(i, i, name(i)))
                .map(row -> row.replaceFirst("brno(\\d*[13579])@", "zlin$1@"))
                .collect(Collectors.joining("\n", "id,email,name\n", "\n"));
        TestTenants.asOwner(
                tenant,
                () -> imports.importCustomers(
                        new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)),
                        ImportMapping.none()
                                .with(ImportField.EXTERNAL_ID, 0)
                                .with(ImportField.EMAIL, 1)
                                .with(ImportField.LAST_NAME, 2),
                        ImportOptions.of("people.csv", CsvFormat.STANDARD)));
    }

    private static String name(int customer) {
        return "Novak%03d".formatted(customer);
    }
}
