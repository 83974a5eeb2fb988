package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.api.ApiKeys;
import io.perennial.api.ApiScopes;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportState;
import io.perennial.delivery.RunProgress;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.ScriptedSmtp.Step;
import io.perennial.support.TestDatabase;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole console in a process of its own is asked to end (SIGTERM) in the middle of its work, as each new version and each
 * move to another machine does; and another goes on.
 *
 * @see <a href="../../../../../docs/decisions/1004-how-a-node-ends.md">1004-how-a-node-ends.md</a>
 */
@IntegrationTest
@TenantSql("Holds rows locked, so that work is under way for certain, and counts what there is.")
class ShutdownIT {

    private static final int PEOPLE = 600;
    private static final int STALLED = 40;
    private static final int WORKERS = 2;
    private static final int ROWS = 60_000;
    /** What a process answers that ended by itself after SIGTERM. */
    private static final int TERMINATED = 143;

    @Autowired
    TestTenants tenants;

    @Autowired
    CampaignFixtures fixtures;

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignControl control;

    @Autowired
    CampaignReports reports;

    @Autowired
    ImportJobs imports;

    @Autowired
    ApiKeys keys;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    /** The same for this process and its children, as if they were one node that is started again. */
    @Value("${perennial.data-folder:data}")
    Path data;

    @TempDir
    Path folder;

    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final CountDownLatch importMayGoOn = new CountDownLatch(1);
    private final CountDownLatch requestMayGoOn = new CountDownLatch(1);
    private TenantId acme;
    private String key;
    private ChildConsole console;
    private Path log;

    @BeforeEach
    void aBusiness() {
        acme = tenants.fresh("Acme");
        fixtures.makeReady(acme);
        key = TestTenants.asOwner(
                acme,
                () -> keys.make("Till", Set.copyOf(ApiScopes.ALL), null).text().reveal());
        smtp.script((step, exchange) -> {
            if (step == Step.CONTENT) {
                sleep(20);
            }
            return null;
        });
    }

    @AfterEach
    void stop() {
        importMayGoOn.countDown();
        requestMayGoOn.countDown();
        if (console != null) {
            console.close();
        }
        smtp.close();
    }

    @Test
    void askedToEndInTheMiddleOfItsWorkNothingIsLostOrDoneTwiceAndTheNextGoesOn() throws Exception {
        CampaignId campaign = campaign("c", "Brno", PEOPLE);
        CustomerId ada = fixtures.customer(acme, "ada", "Plzeň");
        begin("first");
        TestTenants.asOwner(acme, () -> control.sendNow(campaign));
        await().atMost(Duration.ofMinutes(2)).until(() -> mailed("c").size() > PEOPLE / 10);
        long job = importBegins();
        // Whose row this is writes the next chunk.
        Thread holdsImport =
                hold("SELECT tenant_id FROM import_turn WHERE tenant_id = ? FOR UPDATE", importMayGoOn, acme.value());
        assertThat(imported()).as("the import is under way").isLessThan(ROWS);
        Thread holdsRequest = hold(
                "SELECT id FROM customer WHERE tenant_id = ? AND id = ? FOR UPDATE",
                requestMayGoOn,
                acme.value(),
                ada.value());
        CompletableFuture<ChildConsole.Answer> request = console.program(
                "PATCH",
                "/api/v1/customers/" + ada.value(),
                key,
                "application/json",
                "{\"city\":\"Olomouc\"}".getBytes(StandardCharsets.UTF_8));

        console.askToEnd();

        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> console.get("/actuator/health/readiness").status() == 503);
        // Whoever still comes is answered, until the balancer in front has noticed.
        assertThat(console.get("/login").status()).isEqualTo(200);
        assertThat(console.get("/actuator/health/liveness").status()).isEqualTo(200);
        importMayGoOn.countDown();
        await().atMost(Duration.ofMinutes(1)).until(console::isClosed);
        assertThat(request).as("the request that is under way").isNotDone();
        requestMayGoOn.countDown();
        assertThat(request.join().status()).as("%s", request.join()).isEqualTo(200);
        assertThat(console.awaitExit(Duration.ofSeconds(60))).isEqualTo(TERMINATED);
        holdsImport.join();
        holdsRequest.join();

        assertThat(troubles()).isEmpty();
        RunProgress progress = progress(campaign);
        assertThat(progress.inFlight() + progress.inDoubt()).isZero();
        assertThat(progress.sent()).isEqualTo(mailed("c").size()).isLessThan(PEOPLE);
        assertThat(progress.waiting()).isEqualTo(PEOPLE - progress.sent());
        assertThat(TestTenants.asOwner(acme, () -> imports.find(job)).orElseThrow())
                .satisfies(stopped -> {
                    assertThat(stopped.state()).isEqualTo(ImportState.INTERRUPTED);
                    assertThat(stopped.counts().rows()).isLessThan(ROWS).isEqualTo(imported());
                });

        begin("second", "logging.structured.format.console=ecs");
        await().atMost(Duration.ofMinutes(2)).until(() -> status(campaign) == CampaignStatus.DONE);
        assertThat(mailed("c")).hasSize(PEOPLE).doesNotHaveDuplicates();
        assertThat(TestTenants.asOwner(acme, () -> imports.resume(job))).isTrue();
        ImportJob done = await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> TestTenants.asOwner(acme, () -> imports.find(job)).orElseThrow(),
                        each -> each.state().isOver());
        assertThat(done.state()).isEqualTo(ImportState.DONE);
        assertThat(done.counts().created()).isEqualTo(ROWS).isEqualTo(imported());

        aMailServerThatSaysNothingHoldsTheEndUpNoLongerThanIsPromised();
    }

    /** On the console that runs already: each costs half a minute. Asked twice, as people do. */
    private void aMailServerThatSaysNothingHoldsTheEndUpNoLongerThanIsPromised() throws Exception {
        CampaignId campaign = campaign("s", "Zlín", STALLED);
        smtp.script((step, exchange) ->
                step == Step.CONTENT && mailed("s").size() > STALLED / 2 ? ScriptedSmtp.STALL : null);
        TestTenants.asOwner(acme, () -> control.sendNow(campaign));
        await().atMost(Duration.ofMinutes(2)).until(() -> mailed("s").size() > STALLED / 2);

        console.askToEnd();
        console.askToEnd();

        // 50 s at most, of which the mail server gets 15.
        assertThat(console.awaitExit(Duration.ofSeconds(60))).isEqualTo(TERMINATED);
        assertThat(troubles()).isEmpty();
        assertThat(Files.readAllLines(log).stream()
                        .filter(line -> line.startsWith("{"))
                        .map(JsonMapper.shared()::readTree)
                        .filter(line -> line.path("tenant_id").asString("").equals(acme.toString())))
                .as("lines about the business, as JSON")
                .isNotEmpty();
        RunProgress progress = progress(campaign);
        assertThat(progress.inFlight()).isZero();
        assertThat(progress.inDoubt()).as("one for each connection").isBetween(1L, (long) WORKERS);
        assertThat(progress.sent() + progress.inDoubt()).isEqualTo(mailed("s").size());
        assertThat(progress.waiting()).isEqualTo(STALLED - mailed("s").size());
        assertThat(mailed("s")).doesNotHaveDuplicates();
    }

    private void begin(String name, String... settings) {
        log = Path.of("target", "shutdown-" + name + ".log");
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        List<String> all = new ArrayList<>(List.of(
                "perennial.data-folder=" + data,
                "perennial.shutdown.drain=6s",
                "perennial.delivery.workers=" + WORKERS,
                "perennial.delivery.chunk=50",
                "perennial.delivery.step=10"));
        all.addAll(List.of(settings));
        console = ChildConsole.start(log, TestDatabase.properties(), smtp.port(), all.toArray(String[]::new));
        console.awaitReady();
    }

    /** Returns when some of it is written. */
    private long importBegins() {
        long before = imported();
        StringBuilder csv = new StringBuilder("external_id,email,first_name\n");
        for (int i = 1; i <= ROWS; i++) {
            csv.append("I%d,i%d@imported.example,Ida %d%n".formatted(i, i, i));
        }
        ChildConsole.Answer begun = console.program(
                        "POST",
                        "/api/v1/imports?kind=CUSTOMERS",
                        key,
                        "text/csv",
                        csv.toString().getBytes(StandardCharsets.UTF_8))
                .join();
        assertThat(begun.status()).as("%s", begun).isEqualTo(202);
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(5)).until(() -> imported() > before);
        return TestTenants.asOwner(acme, () -> imports.latest(1)).getFirst().id();
    }

    private long imported() {
        Long rows = jdbc.queryForObject(
                "SELECT COUNT(*) FROM customer WHERE tenant_id = ? AND external_id LIKE 'I%'",
                Long.class, acme.value());
        return rows == null ? 0 : rows;
    }

    /** Returns when it has the row. */
    private Thread hold(String lock, CountDownLatch until, Object... which) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform()
                .start(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    jdbc.queryForObject(lock, Long.class, which);
                    held.countDown();
                    try {
                        until.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
        held.await();
        return holder;
    }

    /** Lines of the log that somebody would have to look into: none is written by a node that only ends. */
    private List<String> troubles() throws IOException {
        List<String> lines = Files.readAllLines(log);
        int asked = 0;
        while (asked < lines.size() && !lines.get(asked).contains("This node ends")) {
            asked++;
        }
        assertThat(asked).as("the end is said in %s", log).isLessThan(lines.size());
        // Two lines say what runs here; nobody's address is in any.
        assertThat(lines).anyMatch(line -> line.contains("is ready: http"));
        assertThat(lines).anyMatch(line -> line.contains("Database: M"));
        return lines.stream()
                .filter(line ->
                        line.matches("\\s+at .*|Caused by: .*|.*\\b(ERROR|Exception in thread|stack_trace)\\b.*")
                                || line.matches(".*@[a-z]+\\.example.*"))
                .toList();
    }

    private CampaignId campaign(String prefix, String city, int people) {
        for (int i = 0; i < people; i++) {
            fixtures.customer(acme, prefix + i + "-of-" + acme, city);
        }
        return TestTenants.asOwner(
                acme, () -> desk.create(CampaignFixtures.content(city, fixtures.template(), fixtures.livingIn(city))));
    }

    private List<String> mailed(String prefix) {
        return smtp.received().stream()
                .map(ScriptedSmtp.Received::to)
                .filter(to -> to.startsWith(prefix) && to.contains("-of-" + acme + "@"))
                .toList();
    }

    private RunProgress progress(CampaignId id) {
        return TestTenants.asOwner(acme, () -> reports.progress(id)).orElseThrow();
    }

    private CampaignStatus status(CampaignId id) {
        return TestTenants.asOwner(acme, () -> desk.require(id)).status();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
