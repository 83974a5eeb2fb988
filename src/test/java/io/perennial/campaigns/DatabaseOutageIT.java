package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.delivery.RunProgress;
import io.perennial.kernel.TenantId;
import io.perennial.support.FairClock;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.ScriptedSmtp.Step;
import io.perennial.support.StoppableMariaDb;
import io.perennial.support.TestDatabase;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Case 7 of the delivery cases: the database server is killed while a whole console, in a process of its own, sends a
 * campaign; and is started again after {@code -Doutage.seconds}, 20 unless said otherwise.
 */
@IntegrationTest
class DatabaseOutageIT {

    private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("outage.seconds", 20));
    private static final int PEOPLE = 800;
    private static final int NEIGHBOURS = 40;
    private static final int WORKERS = 2;
    private static final int STEP = 10;

    private static final StoppableMariaDb DATABASE = ownDatabase();

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

    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private TenantId acme;
    private TenantId globex;
    private ChildConsole console;

    /** Before the context is made: it connects to this one, too. */
    private static StoppableMariaDb ownDatabase() {
        StoppableMariaDb database = StoppableMariaDb.start();
        TestDatabase.use(database.properties());
        return database;
    }

    @BeforeEach
    void aConsoleOfItsOwn() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        smtp.script((step, exchange) -> {
            if (step == Step.CONTENT) {
                sleep(20);
            }
            return null;
        });
        console = ChildConsole.start(
                DATABASE.properties(),
                smtp.port(),
                "perennial.delivery.workers=" + WORKERS,
                "perennial.delivery.chunk=50",
                "perennial.delivery.step=" + STEP);
    }

    @AfterEach
    void stop() {
        console.close();
        smtp.close();
    }

    @Test
    void theDatabaseIsKilledInTheMiddleOfACampaignAndNobodyIsLostOrMailedTwice() {
        CampaignId big = campaign(acme, PEOPLE);
        CampaignId small = campaign(globex, NEIGHBOURS);
        console.awaitReady();
        TestTenants.asOwner(acme, () -> control.sendNow(big));
        TestTenants.asOwner(globex, () -> control.sendNow(small));
        await().atMost(Duration.ofMinutes(2)).until(() -> smtp.count(Step.CONTENT) > PEOPLE / 4);

        DATABASE.kill();
        int atTheKill = smtp.received().size();
        long down = System.nanoTime();
        theConsoleSaysSo();
        // What was committed as begun may still go out; nothing else is claimed or begun.
        int begun = smtp.received().size();
        assertThat(begun - atTheKill).isLessThanOrEqualTo(WORKERS * STEP + WORKERS);
        sleep(Math.max(1000, OUTAGE.minusNanos(System.nanoTime() - down).toMillis()));
        assertThat(smtp.received().size()).isEqualTo(begun).isLessThan(PEOPLE);
        assertThat(console.isAlive()).isTrue();
        assertThat(console.get("/actuator/health/liveness").status()).isEqualTo(200);

        DATABASE.startAgain();
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    RunProgress now = progress(acme, big);
                    assertSum(now);
                    return status(acme, big) == CampaignStatus.DONE && status(globex, small) == CampaignStatus.DONE;
                });
        console.awaitReady();
        assertThat(console.get(unsubscribeLink()).status()).isEqualTo(200);
        assertThat(progress(acme, big).sent()).isEqualTo(PEOPLE);
        assertThat(progress(globex, small).sent()).isEqualTo(NEIGHBOURS);
        assertThat(progress(acme, big).inDoubt() + progress(globex, small).inDoubt())
                .isZero();
        List<String> addresses =
                smtp.received().stream().map(ScriptedSmtp.Received::to).toList();
        assertThat(addresses).hasSize(PEOPLE + NEIGHBOURS).doesNotHaveDuplicates();
    }

    private void theConsoleSaysSo() {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> console.get("/actuator/health/readiness").status() == 503);
        assertThat(console.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(console.get("/login").status()).isEqualTo(200);
        // A customer's link needs the database; so does every page of the console.
        FairClock asked = FairClock.start();
        ChildConsole.Answer link = console.get(unsubscribeLink());
        while (link.status() == 200 && asked.passed().compareTo(Duration.ofSeconds(10)) < 0) {
            // Seen once, on a machine that was busy with other work; what it said is worth having.
            System.out.println("A link was answered with 200 though the database was killed: " + link.body());
            link = console.get(unsubscribeLink());
        }
        assertThat(link.status()).as("%s", link.body()).isEqualTo(503);
        assertThat(link.body())
                .contains("The database cannot be reached")
                .doesNotContain("Exception")
                .doesNotContain("jdbc");
        assertThat(asked.passed()).isLessThan(Duration.ofSeconds(20));
        asked.close();
    }

    private String unsubscribeLink() {
        Matcher link = Pattern.compile("List-Unsubscribe: <http://[^/]+([^>]+)>")
                .matcher(smtp.received().getFirst().content().replace("\r\n ", " "));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private CampaignId campaign(TenantId tenant, int people) {
        fixtures.makeReady(tenant);
        for (int i = 0; i < people; i++) {
            fixtures.customer(tenant, "c" + i + "-of-" + tenant, "Brno");
        }
        return TestTenants.asOwner(
                tenant,
                () -> desk.create(CampaignFixtures.content("Spring", fixtures.template(), fixtures.livingIn("Brno"))));
    }

    private RunProgress progress(TenantId tenant, CampaignId id) {
        return TestTenants.asOwner(tenant, () -> reports.progress(id)).orElseThrow();
    }

    private CampaignStatus status(TenantId tenant, CampaignId id) {
        return TestTenants.asOwner(tenant, () -> desk.require(id)).status();
    }

    private static void assertSum(RunProgress now) {
        assertThat(now.total())
                .isEqualTo(now.waiting() + now.inFlight() + now.sent() + now.failed() + now.skipped() + now.inDoubt());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
