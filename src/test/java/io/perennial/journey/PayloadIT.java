package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.server.VaadinServletContext;
import com.vaadin.flow.server.startup.ApplicationRouteRegistry;
import io.perennial.accounts.Permission;
import io.perennial.accounts.Role;
import io.perennial.accounts.Roles;
import io.perennial.accounts.StaffAccounts;
import io.perennial.api.ApiKeys;
import io.perennial.api.ApiScopes;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.delivery.SignUps;
import io.perennial.isolation.BusyShop;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.CapturedLog;
import io.perennial.support.FreePort;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Every text of a business that a customer, a file, a mail server, a program or its staff can word is filled with scripts,
 * markup, Liquid and formulas; then every page of the console is opened in a real browser, with the pages of customers and
 * all that can be downloaded. Nothing runs, nobody outside is asked, and files come as files. Routes are taken from the
 * running application: a new one is opened too, or has to be listed with a reason.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = "perennial.delivery.enabled=true")
@ActiveProfiles("test")
@Import({TestTenants.class, io.perennial.promotions.Shop.class})
@DirtiesContext
@TenantSql("Tests look at the rows themselves.")
class PayloadIT {

    private static final int PORT = FreePort.next();
    private static final String BASE = "http://localhost:" + PORT;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PASSWORD = "three calm words";

    /** Pages that are not opened by this walk, and why. */
    private static final Map<String, String> NOT_WALKED = Map.of("login", "opened before anybody signs in");

    /**
     * What a browser may complain about: mails are shown in frames of no origin, to which this host gives no picture; the
     * hostile template asks for one called x.
     */
    private static final List<Pattern> KNOWN_COMPLAINTS =
            List.of(Pattern.compile("^Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin "));

    /** In each page before anything else: what would run says so, and a dialog, too. */
    private static final String TRAP = "window.ran = n => window.__ran(String(n) + ' ' + location.href);"
            + "for (const way of ['alert', 'confirm', 'prompt']) window[way] = () => window.ran(way);";

    private static final String SETTLED =
            "() => window.Vaadin?.Flow?.clients && Object.values(window.Vaadin.Flow.clients).every(c => !c.isActive || !c.isActive())";

    /** Links that would run a script, in shadow roots and frames too. */
    private static final String SCRIPT_LINKS = """
            () => { const found = [];
              const look = root => root.querySelectorAll('*').forEach(e => {
                for (const a of e.getAttributeNames()) {
                  if (/^on/i.test(a)) found.push(e.tagName + ' ' + a);
                  if (/^(href|src|action|formaction|xlink:href)$/i.test(a) && /^\\s*(javascript|vbscript|data:text)/i.test(e.getAttribute(a)))
                    found.push(e.tagName + ' ' + e.getAttribute(a));
                }
                if (e.shadowRoot) look(e.shadowRoot);
                if (e.tagName === 'IFRAME' && e.contentDocument) look(e.contentDocument);
              });
              look(document); return found; }""";

    private static final String DOWNLOADS =
            "() => [...document.querySelectorAll('a[download], a[href*=\"VAADIN/dynamic/resource\"]')].map(a => a.href)";

    @Autowired
    ServletWebServerApplicationContext application;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportJobs imports;

    @Autowired
    Suppressions suppressions;

    @Autowired
    ApiKeys keys;

    @Autowired
    Roles roles;

    @Autowired
    SignUps signUps;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    private final Set<String> ran = new TreeSet<>();
    private final Set<String> outside = new TreeSet<>();
    private final Set<String> problems = new TreeSet<>();
    private final Set<String> downloads = new TreeSet<>();
    private final Set<String> shown = new TreeSet<>();
    private BusyShop shops;
    private TenantId acme;
    private TenantId globex;
    private String mail;
    private long job;
    private Browser browser;
    private Page page;

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        registry.add("perennial.public-url", () -> BASE);
    }

    @BeforeEach
    void twoBusinessesOfWhichOneIsHostile() throws IOException {
        Path chromium = Browser.find().orElse(null);
        Assumptions.assumeTrue(chromium != null, "No Chromium on this machine (CHROMIUM or PATH)");
        shops = new BusyShop(application);
        mail = "hostile" + TimeOrderedIds.next();
        acme = shops.open(mail, "acme");
        globex = shops.open("globex" + TimeOrderedIds.next(), "globex");
        more();
        await().atMost(PATIENCE)
                .until(() -> !TestMail.receivedBy(mail + "@customers.example").isEmpty());
        assertThat(new HostileTexts(jdbc).fill(acme))
                .as("columns of which this test does not know what they hold")
                .isEmpty();
        hostileNames();
        browser = new Browser(chromium);
        page = trapped(browser);
    }

    private Page trapped(Browser in) {
        Page trapped = in.page(BASE, 1440, 900, ColorScheme.LIGHT);
        trapped.exposeFunction("__ran", said -> ran.add(String.valueOf(said[0])));
        trapped.addInitScript(TRAP);
        trapped.onDialog(dialog -> {
            ran.add("dialog " + dialog.message());
            dialog.dismiss();
        });
        trapped.context().onRequest(request -> {
            String url = request.url();
            if (!url.startsWith(BASE) && !url.startsWith("data:") && !url.startsWith("blob:")) {
                outside.add(url + " from " + trapped.url());
            }
        });
        return trapped;
    }

    /** What the shop of other tests has nothing of. */
    private void more() throws IOException {
        String cell = HostileTexts.text(100, 7).replace("\"", "\"\"");
        Path file = Files.writeString(
                folder.resolve("customers.csv"),
                "id,email,first_name,last_name,city\nH1,h1@payload.example,\"%s\",\"%s\",\"%s\"\nH2,\"%s\",a,b,c\n"
                        .formatted(cell, cell, cell, cell));
        ImportMapping mapping = ImportMapping.none()
                .with(ImportField.EXTERNAL_ID, 0)
                .with(ImportField.EMAIL, 1)
                .with(ImportField.FIRST_NAME, 2)
                .with(ImportField.LAST_NAME, 3)
                .with(ImportField.CITY, 4);
        TestTenants.asOwner(acme, () -> {
            job = imports.start(
                    ImportKind.CUSTOMERS,
                    file,
                    mapping,
                    ImportOptions.of("a\"><img src=x onerror=ran(1)>;\r\nX-Evil: 1/../../b.csv", CsvFormat.STANDARD));
            suppressions.suppress(
                    new EmailAddress("gone@payload.example"), SuppressionReason.BOUNCED, HostileTexts.text(300, 3));
            keys.make("Till", Set.copyOf(ApiScopes.ALL), null);
            roles.create("Till", "At the till", Set.of(Permission.CUSTOMER_READ));
        });
        await().atMost(PATIENCE)
                .until(() -> TestTenants.asOwner(
                        acme, () -> imports.find(job).orElseThrow().state().isOver()));
        jdbc.sql(
                        "INSERT INTO quarantined_mail (tenant_id, id, digest, reason, detail, source, recipients, size, content, "
                                + "arrived_at, times) SELECT ?, ?, UNHEX(SHA2(?, 256)), 'MALFORMED', 'x', 'SMTP', 'x', 10, 'x', "
                                + "UTC_TIMESTAMP(6), 1")
                .params(acme.value(), TimeOrderedIds.next(), mail)
                .update();
        jdbc.sql(
                        "INSERT INTO message_return (tenant_id, message_id, kind, run_id, customer_id, status, diagnostic, reporter, "
                                + "first_at, last_at, times) SELECT tenant_id, id, 'HARD', run_id, customer_id, '5.1.1', 'x', 'x', "
                                + "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 1 FROM message WHERE tenant_id = ? LIMIT 1")
                .params(acme.value())
                .update();
    }

    private void hostileNames() {
        jdbc.sql("UPDATE business SET name = ?, sender_name = ?, postal_address = ? WHERE id = ?")
                .params(HostileTexts.text(100, 1), HostileTexts.text(100, 2), HostileTexts.text(200, 4), acme.value())
                .update();
        jdbc.sql(
                        "UPDATE staff_account SET display_name = ? WHERE id IN (SELECT account_id FROM membership WHERE tenant_id = ?)")
                .params(HostileTexts.text(120, 0), acme.value())
                .update();
        for (String mjml : List.of("mail_template", "campaign_content")) {
            jdbc.sql("UPDATE " + mjml + " SET subject = ?, preheader = subject, mjml = ? WHERE tenant_id = ?")
                    .params("{{ customer.first_name }}</title><img src=x onerror=ran(50)>", """
                            <mjml><mj-body><mj-raw><script>ran(51)</script><img src=x onerror="ran(52)"></mj-raw>
                            <mj-section><mj-column>
                            <mj-text><a href="javascript:ran(53)">x</a><iframe srcdoc="<script>ran(54)</script>"></iframe></mj-text>
                            <mj-text>{{ customer.first_name }} {{ customer.last_name }} {{ business.name }}</mj-text>
                            <mj-text><svg onload="ran(55)"></svg><form action="javascript:ran(56)"><button>b</button></form></mj-text>
                            <mj-button href="javascript:ran(57)">Press</mj-button>
                            <mj-text><a href="{{ links.unsubscribe }}">Unsubscribe</a> {{ business.postal_address }}</mj-text>
                            </mj-column></mj-section></mj-body></mjml>""", acme.value())
                    .update();
        }
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    /** What would run is noticed: on a page that allows it as well as in the console, whose policy allows nothing. */
    @Test
    void theTrapsSpring() {
        try (Browser other = new Browser(Browser.find().orElseThrow())) {
            Page open = trapped(other);
            open.navigate("about:blank"); // the first one came before the traps
            open.setContent(
                    "<img src=x onerror=ran(1)><a href='javascript:ran(2)'>x</a><img src=http://evil.example/3>");
            open.waitForCondition(() -> !ran.isEmpty() && !outside.isEmpty());
            assertThat(ran).singleElement().asString().startsWith("1 ");
            assertThat((List<?>) open.evaluate(SCRIPT_LINKS)).hasSize(2);
            open.navigate("/login");
            open.waitForFunction(SETTLED);
            assertThat(other.errors()).noneMatch(error -> error.contains("Content Security Policy"));
            open.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=ran(4)>')");
            open.waitForCondition(
                    () -> other.errors().stream().anyMatch(error -> error.contains("Content Security Policy")));
        }
    }

    @Test
    void nothingRunsOnAnyPageAndFilesComeAsFiles() {
        page.navigate("/login");
        signIn(person(acme, true));
        List<String> routes = routes();
        try (CapturedLog log = new CapturedLog()) {
            routes.forEach(this::open);
            assertThat(log.ours()).noneMatch(line -> line.startsWith("Unexpected error"));
        }
        long customer = smallest("customer");
        open("/customers/" + customer);
        open("/customers/import?job=" + job);
        open("/customers?q=" + encoded("<img src=x onerror=ran(61)>"));
        open("/segments?q=" + encoded("\"><svg onload=ran(62)>"));
        searchFor("<img src=x onerror=ran(63)>");
        pagesOfCustomers();
        assertThat(ran).as("what ran").isEmpty();
        assertThat(outside).as("asked of others").isEmpty();
        assertThat(problems).isEmpty();
        assertThat(browser.errors().stream()
                        .filter(error -> KNOWN_COMPLAINTS.stream()
                                .noneMatch(known -> known.matcher(error).find())))
                .isEmpty();
        assertThat(routes).hasSizeGreaterThan(45);
        assertThat(downloads).hasSizeGreaterThan(3);
        assertThat(shown).as("pages that show what was written").hasSizeGreaterThan(35);
        System.out.printf(
                "Payloads: %d pages, %d of them show some, %d downloads%n",
                routes.size(), shown.size(), downloads.size());
        theOtherBusinessHasNothingOfIt();
    }

    private void theOtherBusinessHasNothingOfIt() {
        page.context().clearCookies();
        page.navigate("/login");
        signIn(person(globex, false));
        for (String path : List.of("/", "/customers", "/segments", "/settings/audit")) {
            open(path);
            assertThat(page.locator("body").innerText()).as(path).doesNotContain("ran(", "evil.example");
        }
        assertThat(ran).isEmpty();
    }

    private void open(String path) {
        page.navigate(path);
        page.waitForFunction(SETTLED);
        assertThat(page.locator("h1").first()).isVisible();
        look(path);
        if (page.getByText("Something went wrong").first().isVisible()) {
            problems.add(path + " went wrong");
        }
        for (Object link : (List<?>) page.evaluate(DOWNLOADS)) {
            download(path, String.valueOf(link));
        }
    }

    private void look(String path) {
        for (Object found : (List<?>) page.evaluate(SCRIPT_LINKS)) {
            problems.add(path + ": " + found);
        }
        String text = page.locator("body").innerText();
        if (text.contains("ran(") || text.contains("evil.example")) {
            shown.add(path);
        }
        if (text.contains("94011")) {
            problems.add(path + " computes what a customer wrote");
        }
    }

    private void download(String path, String link) {
        if (!link.startsWith(BASE)) {
            problems.add(path + " leads to " + link);
            return;
        }
        APIResponse file = page.context().request().get(link);
        Map<String, String> headers = file.headers();
        String about = path + ": " + link.substring(BASE.length()) + ' ' + file.status() + ' ' + headers;
        if (!"nosniff".equals(headers.get("x-content-type-options"))) {
            problems.add("no nosniff: " + about);
        }
        if (file.status() == 403) { // asks for a proof first, in words
            if (!headers.get("content-type").startsWith("text/plain")) {
                problems.add("no words: " + about);
            }
            return;
        }
        String disposition = headers.getOrDefault("content-disposition", "");
        if (file.status() != 200 || !disposition.startsWith("attachment")) {
            problems.add("no attachment: " + about);
            return;
        }
        String name = disposition.replaceFirst("^attachment;?", "");
        if (name.matches("(?s).*(/|\\\\|\\.\\.|[<>]|\\p{Cntrl}|%2[fF]|%5[cC]|%3[cC]|%0[aAdD]).*")
                || headers.containsKey("x-evil")) {
            problems.add("name " + name + " of " + about);
        }
        String type = headers.getOrDefault("content-type", "");
        if (type.startsWith("text/csv")) {
            noFormulas(about, new String(file.body(), StandardCharsets.UTF_8));
        } else if (type.startsWith("text/html") || type.startsWith("image/svg")) {
            problems.add("a browser would show it: " + about);
        }
        downloads.add(link);
    }

    /** No cell begins as a formula does; numbers may be negative. */
    private void noFormulas(String about, String csv) {
        Matcher cell = Pattern.compile("(?:^|[,;\\t\\n\\r\\uFEFF])\"?([=@+\\-\\t\\r][^,;\"\\n]*)")
                .matcher(csv);
        while (cell.find()) {
            if (!cell.group(1).matches("[+-]?[\\d.,\\s%]*")) {
                problems.add("formula " + cell.group(1) + " in " + about);
            }
        }
    }

    private void searchFor(String words) {
        page.navigate("/");
        page.waitForFunction(SETTLED);
        page.keyboard().press("Control+k");
        page.keyboard().type(words);
        page.waitForTimeout(1_500);
        look("search");
        page.keyboard().press("Escape");
    }

    /** As customers see them: without scripts of ours, in the hostile business's words. */
    private void pagesOfCustomers() {
        List<String> links = new ArrayList<>();
        TestMail.receivedBy(mail + "@customers.example").forEach(received -> {
            Matcher link = Pattern.compile(Pattern.quote(BASE) + "/p/[a-z]+/[\\w-]+(?![\\w.-])")
                    .matcher(received.content().replace("=\r\n", ""));
            while (link.find()) {
                links.add(link.group());
            }
        });
        assertThat(links).isNotEmpty();
        links.add(TestTenants.asOwner(acme, () -> signUps.address()));
        Set<String> seen = new TreeSet<>();
        int opened = 0;
        while (!links.isEmpty()) {
            String link = links.removeFirst();
            if (seen.add(link) && seen.size() < 20) {
                APIResponse answer = page.context().request().get(link);
                // What is closed or gone answers with a page of our own words.
                if (answer.status() < 400
                        && answer.headers().getOrDefault("content-type", "").startsWith("text/html")) {
                    page.navigate(link);
                    look(link);
                    opened++;
                    ((List<?>) page.evaluate(
                                    "() => [...document.querySelectorAll('a[href*=\"/p/\"]')].map(a => a.href)"))
                            .forEach(found -> links.add(String.valueOf(found)));
                }
            }
        }
        assertThat(opened).as("pages of customers").isGreaterThan(1);
    }

    /** Those that the application knows, with ids of the hostile business. */
    private List<String> routes() {
        Map<String, Long> ids = shops.ids(acme);
        Map<String, String> values = Map.ofEntries(
                Map.entry("customer", String.valueOf(ids.get("customer"))),
                Map.entry("first", String.valueOf(smallest("customer"))),
                Map.entry("second", String.valueOf(ids.get("customer"))),
                Map.entry("segment", String.valueOf(ids.get("segment"))),
                Map.entry("campaign", String.valueOf(ids.get("campaign"))),
                Map.entry("promotion", String.valueOf(ids.get("promotion"))),
                Map.entry("endpoint", String.valueOf(ids.get("webhook_endpoint"))),
                Map.entry("id", String.valueOf(ids.get("mail_template"))),
                Map.entry("token", encoded("<img src=x onerror=ran(71)>")),
                Map.entry("___url_parameter", "business"));
        List<String> paths = new ArrayList<>();
        Set<String> unknown = new TreeSet<>();
        RouteConfiguration.forRegistry(
                        ApplicationRouteRegistry.getInstance(new VaadinServletContext(application.getServletContext())))
                .getAvailableRoutes()
                .forEach(route -> {
                    if (NOT_WALKED.containsKey(route.getTemplate())) {
                        return;
                    }
                    Matcher parameter =
                            Pattern.compile(":(\\w+)(\\([^)]*\\))?[?*]?").matcher(route.getTemplate());
                    String path = parameter.replaceAll(found -> {
                        String value = values.get(found.group(1));
                        if (value == null || value.equals("null")) {
                            unknown.add(route.getTemplate());
                        }
                        return Matcher.quoteReplacement(String.valueOf(value));
                    });
                    paths.add('/' + path);
                });
        assertThat(unknown).as("addresses for which this test knows no value").isEmpty();
        return paths;
    }

    private long smallest(String table) {
        return jdbc.sql("SELECT MIN(id) FROM " + table + " WHERE tenant_id = ?")
                .param(acme.value())
                .query(Long.class)
                .single();
    }

    private String person(TenantId tenant, boolean operator) {
        String email = "person" + TimeOrderedIds.next() + "@test.example";
        long account = accounts.ensureAccount(new EmailAddress(email), HostileTexts.text(100, 5), PASSWORD);
        accounts.addMember(tenant, account, Role.OWNER);
        jdbc.sql("UPDATE staff_account SET operator = ?, display_name = ? WHERE id = ?")
                .params(operator, operator ? HostileTexts.text(120, 5) : "Gina", account)
                .update();
        return email;
    }

    private void signIn(String email) {
        page.locator("input[name=username]").fill(email);
        page.locator("input[name=password]").fill(PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
        page.waitForFunction(SETTLED);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
