package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.api.ApiKeys;
import io.perennial.api.ApiScopes;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.outside.LocalWeb;
import io.perennial.outside.LocalWeb.Asked;
import io.perennial.outside.LocalWeb.Told;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestDatabase;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.WebhookTurns;
import io.perennial.webhooks.Webhooks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A console that is asked to end and cannot in the time it has: it cuts itself off, says what held it up, and what was under way
 * is either not done or done again under the same id.
 *
 * @see <a href="../../../../../docs/decisions/1004-how-a-node-ends.md">1004-how-a-node-ends.md</a>
 */
@IntegrationTest
@TenantSql("Holds a row locked, so that a request is under way for certain; ends a lease that nobody has any more.")
class ForcedEndIT {

    /** What a process answers that had to cut itself off. */
    private static final int FORCED = 75;

    @Autowired
    ApplicationContext application;

    @Autowired
    TestTenants tenants;

    @Autowired
    CampaignFixtures fixtures;

    @Autowired
    ApiKeys keys;

    @Autowired
    Webhooks webhooks;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Value("${perennial.data-folder:data}")
    Path data;

    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final LocalWeb shop = new LocalWeb();
    private final CountDownLatch over = new CountDownLatch(1);
    private TenantId acme;
    private TenantId globex;
    private ChildConsole console;
    private Path log;

    @BeforeEach
    void twoBusinessesAndAConsoleWithLittleTimeToEnd() throws IOException {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        for (TenantId tenant : List.of(acme, globex)) {
            TestTenants.asOwner(
                    tenant,
                    () -> webhooks.add(shop.url("/" + tenant).toString(), "Stock", Set.of(EventType.CUSTOMER_CREATED)));
        }
        log = Path.of("target", "forced-end.log");
        Files.deleteIfExists(log);
        console = ChildConsole.start(
                log,
                TestDatabase.properties(),
                smtp.port(),
                "perennial.data-folder=" + data,
                "perennial.outside.allowed-networks=127.77.0.0/16",
                "perennial.shutdown.drain=1s",
                "perennial.shutdown.at-most=4s");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> console.get("/actuator/health/readiness").status() == 200);
    }

    @AfterEach
    void stop() {
        over.countDown();
        console.close();
        smtp.close();
        shop.close();
    }

    @Test
    void whatHoldsItUpIsCutOffAndNothingOfItIsHalfDone() throws Exception {
        // Acme's receiver says nothing for as long as it lasts; Globex's answers.
        shop.script(asked -> {
            if (asked.path().equals("/" + acme)) {
                waitUntil(over);
            }
            return Told.of(204);
        });
        String key = key(acme);
        String foreign = key(globex);
        CustomerId ada = fixtures.customer(acme, "ada", "Plzeň");
        CompletableFuture<ChildConsole.Answer> request = held(ada, () -> {
            assertThat(post(foreign).status()).isEqualTo(201);
            assertThat(post(key).status()).isEqualTo(201);
            CompletableFuture<ChildConsole.Answer> patch = console.program(
                    "PATCH",
                    "/api/v1/customers/" + ada.value(),
                    key,
                    "application/json",
                    "{\"city\":\"Olomouc\"}".getBytes(StandardCharsets.UTF_8));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> asked(acme).size() == 1 && asked(globex).size() == 1);
            long begun = System.nanoTime();

            console.askToEnd();

            assertThat(console.awaitExit(Duration.ofSeconds(30))).isEqualTo(FORCED);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(3));
            return patch;
        });
        over.countDown();

        assertThat(request.join().status()).as("whoever asked got no answer").isZero();
        assertThat(Files.readString(log)).contains("did not end within 4 s and is cut off; it was held up by");
        assertThat(jdbc.queryForObject(
                        "SELECT city FROM customer WHERE tenant_id = ? AND id = ?",
                        String.class,
                        acme.value(),
                        ada.value()))
                .as("nothing of the request was kept")
                .isEqualTo("Plzeň");

        // The lease would end by itself after a minute; another node sends it again then.
        jdbc.update(
                "UPDATE webhook_endpoint SET lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND "
                        + "WHERE tenant_id IN (?, ?)",
                acme.value(),
                globex.value());
        for (TenantId tenant : List.of(acme, globex)) {
            WebhookTurns.serve(application, tenant);
        }
        assertThat(asked(acme).stream().map(asked -> asked.headers().get("webhook-id")))
                .as("the event that was under way comes again, as the same")
                .hasSize(2)
                .containsOnly(asked(acme).getFirst().headers().get("webhook-id"));
        assertThat(asked(globex)).as("what was answered does not").hasSize(1);
        assertThat(jdbc.queryForList(
                        "SELECT state FROM webhook_delivery WHERE tenant_id IN (?, ?)",
                        String.class,
                        acme.value(),
                        globex.value()))
                .hasSize(2)
                .containsOnly("DELIVERED");
    }

    /** While somebody else has the customer's row. */
    private <T> T held(CustomerId customer, java.util.concurrent.Callable<T> work) {
        return new TransactionTemplate(transactions).execute(status -> {
            jdbc.queryForObject(
                    "SELECT id FROM customer WHERE tenant_id = ? AND id = ? FOR UPDATE",
                    Long.class,
                    acme.value(),
                    customer.value());
            try {
                return work.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private String key(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> keys.make("Till", Set.copyOf(ApiScopes.ALL), null))
                .text()
                .reveal();
    }

    private ChildConsole.Answer post(String key) {
        return console.program(
                        "POST",
                        "/api/v1/customers",
                        key,
                        "application/json",
                        "{\"externalId\":\"new\"}".getBytes(StandardCharsets.UTF_8))
                .join();
    }

    private List<Asked> asked(TenantId tenant) {
        return shop.asked().stream()
                .filter(asked -> asked.path().equals("/" + tenant))
                .toList();
    }

    private static void waitUntil(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
