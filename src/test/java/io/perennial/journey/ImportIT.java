package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportedData;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.FreePort;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
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

/** An import as a person lives with it, in a real browser: paused, left, gone on with, undone; what it left out, repaired. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ActiveProfiles("test")
@Import({TestTenants.class, ImportedData.class})
@DirtiesContext
@TenantSql("Tests look at the rows themselves, and hold one.")
class ImportIT {

    private static final int PORT = FreePort.next();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** More than two chunks, of 5,000 rows each. */
    private static final int ROWS = 12_000;

    /** In the second chunk. */
    private static final String KNOWN = "A7500";

    @TempDir
    static Path disk;

    @Autowired
    StaffAccounts staff;

    @Autowired
    TestTenants tenants;

    @Autowired
    CustomerImports imports;

    @Autowired
    ImportedData data;

    @Autowired
    DataSource database;

    private Browser browser;
    private Page page;
    private TenantId acme;
    private TenantId globex;

    @DynamicPropertySource
    static void places(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        registry.add("perennial.public-url", () -> "http://localhost:" + PORT);
        registry.add("perennial.imports.folder", () -> disk.resolve("uploads").toString());
        registry.add("perennial.data-folder", () -> disk.resolve("data").toString());
    }

    @BeforeEach
    void twoShopsThatKnowTheSamePerson() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        for (TenantId tenant : List.of(acme, globex)) {
            TestTenants.asOwner(tenant, () -> {
                byte[] file = ("customer id,city\n" + KNOWN + ",Brno\n").getBytes(StandardCharsets.UTF_8);
                imports.importCustomers(
                        new ByteArrayInputStream(file),
                        ImportMapping.guess(ImportKind.CUSTOMERS, List.of("customer id", "city")),
                        ImportOptions.of("known.csv", CsvFormat.STANDARD));
            });
        }
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void whoPausesAnImportFindsItAgainGoesOnAndUndoesIt() throws SQLException {
        String others = data.checksum(globex);
        shown(() -> {
            signIn();
            choose("large.csv", largeFile());
            button("Check the file").click();
            assertThat(button("Import 12,000 customers")).isVisible();
            try (Connection holding = hold()) {
                button("Import 12,000 customers").click();
                // The second five thousand wait for who is held: however fast this machine is, it is here that it is
                // paused.
                assertThat(page.getByText(Pattern.compile("^5,000 rows read"))).isVisible();
                button("Pause").press("Enter");
                assertThat(badge()).hasText("Paused");
                holding.rollback();
            }
            assertThat(page.locator(".import-job h2")).isFocused(); // the button is gone, the keyboard is not lost
            assertThat(page.getByText("See your customers")).hasCount(0);
            assertThat(customers(acme)).isEqualTo(5_001);

            page.navigate("/customers");
            assertThat(page.getByText("Import customers").first()).isVisible();
            page.navigate("/customers/import");
            page.getByText("large.csv").first().click();
            assertThat(badge()).hasText("Paused");
            button("Go on").press("Enter");
            assertThat(page.getByText("12,000 rows read: 11,999 new customers, 1 updated")
                            .first())
                    .isVisible();
            assertThat(customers(acme)).isEqualTo(ROWS);

            button("Undo this import…").click();
            assertThat(page.getByText("11,999 customers it made are removed").first())
                    .isVisible();
            button("Undo the import").click();
            assertThat(page.getByText("The import was undone by Mia").first()).isVisible();
            assertThat(badge()).hasText("Undone");
        });
        assertThat(customers(acme)).isEqualTo(1);
        assertThat(data.customer(acme, KNOWN)).containsEntry("city", "Brno");
        assertThat(data.checksum(globex)).isEqualTo(others);
    }

    @Test
    void whatIsLeftOutIsDownloadedRepairedAndImported() throws SQLException {
        shown(() -> {
            signIn();
            choose("till.csv", """
                    customer id,email,last name
                    B1,ada@till.example,Novák
                    B2,no address,"=HYPERLINK(""http://x.example"")"
                    """);
            button("Check the file").click();
            button("Import 1 customer").click();
            assertThat(button("Import another file")).isVisible();
            assertThat(leftOut()).containsText("This is not an e-mail address.");
            assertThat(leftOut()).containsText("B2 · no address");
            Download download = page.waitForDownload(
                    () -> page.getByText("Download 1 rejected row").click());
            String rejected = read(download.path());
            assertThat(rejected).isEqualTo("""
                    \uFEFFline,column,reason,customer id,email,last name\r
                    3,email,This is not an e-mail address.,B2,no address,"'=HYPERLINK(""http://x.example"")"\r
                    """);
            button("Import another file").click();
            assertThat(page.getByText("Imports so far")).isVisible();
            page.locator("vaadin-upload input[type=file]")
                    .setInputFiles(payload("repaired.csv", rejected.replace("no address", "bob@till.example")));
            assertThat(page.getByText("3 columns, “till” (Mia)").first()).isVisible();
            button("Check the file").click();
            button("Import 1 customer").click();
            assertThat(page.getByText("1 row read: 1 new customer").first()).isVisible();
        });
        assertThat(data.customer(acme, "B2"))
                .containsEntry("email", "bob@till.example")
                .containsEntry("last_name", "=HYPERLINK(\"http://x.example\")");
        assertThat(customers(globex)).isEqualTo(1);
    }

    @Test
    void eachRowLeftOutIsOnThePageWhateverChunkItIsOfAndThoseOfOneReasonAreShownAlone() throws SQLException {
        shown(() -> {
            signIn();
            choose(
                    "odd.csv",
                    largeFile()
                            .replace("a7@large.example", "no address")
                            .replace("a6500@large.example", "none at all")
                            .replace("A11900,", "A11899,"));
            button("Check the file").click();
            button("Import 11,997 customers").click();
            assertThat(button("Import another file")).isVisible();
            assertThat(page.getByText("3 rows left out").first()).isVisible();
            Locator rows = leftOut().locator("vaadin-grid");
            assertThat(rows).containsText("A7 · no address");
            assertThat(rows).containsText("A6500 · none at all"); // of the second chunk
            Locator twice = leftOut()
                    .getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName(Pattern.compile("^customer id: An earlier line")));
            assertThat(twice).containsText("1");
            twice.press("Enter");
            assertThat(shown(rows, "none at all")).hasCount(0);
            assertThat(shown(rows, "Line 11,900 has the same customer id")).hasCount(1);
            assertThat(page).hasURL(Pattern.compile("left-out=duplicate_id\\.0"));

            page.reload();
            assertThat(twice).hasAttribute("aria-pressed", "true");
            assertThat(shown(rows, "a11900@large.example")).hasCount(1);
            assertThat(shown(rows, "none at all")).hasCount(0);
        });
        assertThat(customers(acme)).isEqualTo(ROWS - 3);
        assertThat(customers(globex)).isEqualTo(1);
    }

    /** A grid keeps the words of rows it no longer shows. */
    private static Locator shown(Locator grid, String words) {
        return grid.getByText(words).locator("visible=true");
    }

    private Locator leftOut() {
        return page.locator(".import-left-out");
    }

    private interface Walk {
        void go() throws SQLException;
    }

    private void shown(Walk walk) throws SQLException {
        try {
            walk.go();
            assertThat(browser.errors()).isEmpty();
        } catch (PlaywrightException | AssertionError e) {
            if (page != null) {
                page.screenshot(
                        new Page.ScreenshotOptions().setPath(Path.of("target", "journey", "import-failed.png")));
            }
            throw e;
        }
    }

    /** Until the connection rolls back, nobody else changes this customer. */
    private Connection hold() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        try (PreparedStatement one = connection.prepareStatement(
                "SELECT id FROM customer WHERE tenant_id = ? AND external_id = ? FOR UPDATE")) {
            one.setLong(1, acme.value());
            one.setString(2, KNOWN);
            one.executeQuery();
        }
        return connection;
    }

    private static String largeFile() {
        StringBuilder file = new StringBuilder("customer id,email,first name,city\n");
        for (int i = 1; i <= ROWS; i++) {
            file.append("A%d,a%d@large.example,Ada,Praha\n".formatted(i, i));
        }
        return file.toString();
    }

    private void choose(String name, String content) {
        page.navigate("/customers/import");
        page.locator("vaadin-upload input[type=file]").setInputFiles(payload(name, content));
    }

    private static FilePayload payload(String name, String content) {
        return new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8));
    }

    private Locator badge() {
        return page.locator(".import-job .status-badge");
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
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
        assertThat(page.getByText("Home").first())
                .isVisible(); // drawn: who leaves before may be signed out by a late answer
    }

    private long customers(TenantId tenant) {
        return data.count(tenant, "customer");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
