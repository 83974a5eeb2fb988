package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.api.ApiKeys;
import io.perennial.api.ApiScopes;
import io.perennial.journey.HostileFiles.HostileFile;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.CapturedLog;
import io.perennial.support.FreePort;
import io.perennial.support.TestTenants;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Files that unfold, break off, lie or never end, by the two ways that files come in: the console's page in a real
 * browser, and the API. Each is refused in words, in memory that is bounded, and nothing of it stays on the disk.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "perennial.imports.largest-file=8MB",
            "perennial.imports.free-space=1MB",
            "perennial.api.largest-upload=8MB"
        })
@ActiveProfiles("test")
@Import(TestTenants.class)
@DirtiesContext
class UploadIT {

    private static final int PORT = FreePort.next();
    private static final int LARGEST = 8 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    static Path disk;

    @Autowired
    StaffAccounts staff;

    @Autowired
    TestTenants tenants;

    @Autowired
    ApiKeys keys;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient http = HttpClient.newHttpClient();
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
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void onThePageEachIsRefusedInWordsAndNothingStays() {
        signIn();
        try (CapturedLog log = new CapturedLog()) {
            for (HostileFile file : HostileFiles.all()) {
                choose(file.name(), file.bytes());
                Locator said = page.getByText(file.answer()).first();
                Locator check = page.getByText("Check the file").first();
                if (!said.or(check).first().isVisible()) {
                    assertThat(said.or(check).first()).isVisible();
                }
                if (!said.isVisible()) {
                    check.click();
                }
                assertThat(said).isVisible();
            }
            String climber = "climber" + TimeOrderedIds.next() + ".csv";
            choose("climber.zip", HostileFiles.climbing(climber));
            assertThat(page.getByText("Check the file").first()).isVisible();
            assertThat(Path.of("/tmp", climber)).doesNotExist();
            page.navigate("/customers");
            assertThat(page.getByText("Import customers").first()).isVisible();
            nothingStays();
            assertThat(log.ours()).noneMatch(line -> line.contains("broke"));
        } catch (PlaywrightException | AssertionError e) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "journey", "upload-failed.png")));
            throw e;
        }
        assertThat(customers(acme) + customers(globex)).isZero();
    }

    /** A browser says so before it sends anything; whoever asks none is told by the server. */
    @Test
    void ofAFileTooLargeOrBrokenOffNothingStays() throws IOException {
        signIn();
        page.navigate("/customers/import");
        page.locator("vaadin-upload input[type=file]")
                .setInputFiles(new FilePayload("large.csv", "text/csv", new byte[LARGEST + 1]));
        assertThat(page.getByText("The file is larger than 8\u00a0MB").first()).isVisible();

        page.navigate("/customers/import");
        assertThat(page.getByText("up to 8\u00a0MB").first()).isVisible();
        String target = (String) page.evaluate("() => document.querySelector('vaadin-upload').target");
        Object status = page.evaluate(
                "async ([target, size]) => (await fetch(target, {method: 'POST', headers: {'X-Filename': 'a.csv', "
                        + "'Content-Type': 'text/csv'}, body: new Blob([new Uint8Array(size)])})).status",
                List.of(target, LARGEST + 1));
        assertThat(status).isEqualTo(422);
        assertThat(page.getByText("The file is larger than 8\u00a0MB").first()).isVisible();
        nothingStays();

        // Half of what was announced, then silence and the end of the line.
        String cookies = page.context().cookies().stream()
                .map(cookie -> ((Cookie) cookie).name + '=' + cookie.value)
                .collect(Collectors.joining("; "));
        try (Socket socket = new Socket("localhost", PORT)) {
            String path =
                    URI.create("http://localhost:" + PORT + '/').resolve(target).getRawPath();
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookies
                                    + "\r\nX-Filename: a.csv\r\nContent-Type: text/csv\r\nContent-Length: 4000000\r\n\r\n"
                                    + "id,city\n".repeat(250_000))
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            await().atMost(PATIENCE).until(() -> !files(disk.resolve("uploads")).isEmpty());
        }
        nothingStays();
        assertThat(customers(acme) + customers(globex)).isZero();
    }

    @Test
    void byTheApiEachIsRefusedInWordsAndNothingStays() throws Exception {
        String key = TestTenants.asOwner(
                acme,
                () -> keys.make("Till", Set.copyOf(ApiScopes.ALL), null).text().reveal());
        for (HostileFile file : HostileFiles.all()) {
            if (file.name().equals("wide.csv")) {
                continue; // read up to its 200th column; no key among them
            }
            assertThat(answer(key, file.bytes())).as(file.name()).contains(file.answer());
        }
        String climber = "climber" + TimeOrderedIds.next() + ".csv";
        answer(key, HostileFiles.climbing(climber));
        assertThat(Path.of("/tmp", climber)).doesNotExist();
        nothingStays();
        assertThat(customers(globex)).isZero();
    }

    /** What is said of it at once, or in the end. */
    private String answer(String key, byte[] file) throws Exception {
        HttpResponse<String> taken = http.send(
                request("/api/v1/imports?kind=CUSTOMERS&map=EXTERNAL_ID%3Dexternal_id", key)
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(file))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (taken.statusCode() != 202) {
            assertThat(taken.statusCode()).as(taken.body()).isBetween(400, 499);
            return taken.body();
        }
        String id = new JsonMapper().readTree(taken.body()).path("id").asString();
        return await().atMost(PATIENCE).until(() -> job(key, id), body -> !body.isEmpty());
    }

    private String job(String key, String id) throws Exception {
        JsonNode job = new JsonMapper().readTree(get(key, "/api/v1/imports/" + id));
        if (!Set.of("DONE", "FAILED").contains(job.path("state").asString())) {
            return "";
        }
        return job.toString() + get(key, "/api/v1/imports/" + id + "/rejects");
    }

    private String get(String key, String path) throws Exception {
        return http.send(request(path, key).GET().build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + path))
                .header("Authorization", "Bearer " + key)
                .timeout(PATIENCE);
    }

    private void choose(String name, byte[] bytes) {
        page.navigate("/customers/import");
        page.locator("vaadin-upload input[type=file]")
                .setInputFiles(new FilePayload(name, "application/octet-stream", bytes));
    }

    private void signIn() {
        Path chromium = Browser.find().orElse(null);
        Assumptions.assumeTrue(chromium != null, "No Chromium on this machine (CHROMIUM or PATH)");
        EmailAddress mia = new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
        staff.addMember(acme, staff.ensureAccount(mia, "Mia", "three calm words"), Role.OWNER);
        browser = new Browser(chromium);
        page = browser.page("http://localhost:" + PORT, 1440, 900, ColorScheme.LIGHT);
        page.navigate("/login");
        page.locator("input[name=username]").fill(mia.value());
        page.locator("input[name=password]").fill("three calm words");
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
    }

    private static void nothingStays() {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(files(disk.resolve("uploads"))).as("uploads").isEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(files(disk.resolve("data").resolve("imports")))
                        .as("files of imports")
                        .isEmpty());
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of(folder); // something went while it was looked at
        }
    }

    private long customers(TenantId tenant) {
        return jdbc.sql("SELECT COUNT(*) FROM customer WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }
}
