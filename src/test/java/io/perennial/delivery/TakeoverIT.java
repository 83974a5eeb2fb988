package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.TenantId;
import io.perennial.support.ChildProcess;
import io.perennial.support.FairClock;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.ScriptedSmtp.Step;
import io.perennial.support.TestTenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Two nodes on one run, one of which goes away while its lease has minutes to go: killed, or frozen, as a paused machine
 * is, also in the middle of a transaction whose locks it then holds.
 */
@IntegrationTest
class TakeoverIT {

    private static final Duration LEASE = Duration.ofMinutes(6);
    private static final int PEOPLE = 1500;

    /** Until what the other had in hand is free and mails go out again. */
    private static final Duration PROMISED = Duration.ofSeconds(15);
    /** A test that waits for more than a time measures it; this one is for a machine that has other work. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Autowired
    TestTenants tenants;

    @TempDir
    Path folder;

    private SendingHarness harness;
    private TenantId acme;
    private RunId run;
    private ChildProcess other;
    private DeliveryEngine own;
    private Pulse pulse;
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer();

    @BeforeEach
    void prepare(@Autowired ApplicationContext application) {
        harness = new SendingHarness(application);
        acme = tenants.fresh("Acme");
        harness.customers(acme, PEOPLE, "acme");
        run = harness.released(acme, composer);
        smtp.script((step, exchange) -> {
            if (step == Step.CONTENT) {
                sleep(20);
            }
            return null;
        });
    }

    /** The other node is at work, this one has joined. */
    private void bothAtWork(String... settings) {
        other = ChildNode.start(smtp.port(), composer.kind(), 2, 50, 10, LEASE, settings);
        other.await(await().atMost(PATIENCE), () -> smtp.count(Step.CONTENT) > 5);
        DeliveryProperties properties = SendingHarness.properties(2, 50, 10, LEASE, Duration.ofMinutes(1));
        Ledger ledger = harness.ledger(properties);
        pulse = ledger.pulse();
        own = harness.engineWithLedger(properties, ledger, smtp, composer);
        own.start();
        await().atMost(PATIENCE)
                .until(() -> !claimsOf(true).isEmpty() && !claimsOf(false).isEmpty());
    }

    @AfterEach
    void stop() {
        own.stop();
        other.kill();
        smtp.close();
    }

    @Test
    void theOtherIsKilledThisOneGoesOnWithinFifteenSeconds() {
        bothAtWork();
        other.kill();
        assertTakenOver();
    }

    /** Case 5: frozen longer than the others wait, then woken: what it still writes is refused, and nobody gets two. */
    @Test
    void theOtherIsFrozenThisOneGoesOnAndWokenItChangesNothing() {
        bothAtWork();
        other.freeze();
        assertTakenOver();
        assertWokenItChangesNothing();
    }

    /** What it locked is free as soon: the server would keep the locks as long as the machine is paused. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "while it takes messages      | SELECT claimed_to, last_id FROM delivery_cursor",
                "while it settles a step      | UPDATE message SET state",
                "while it puts a claim down   | DELETE FROM delivery_claim"
            })
    void theOtherIsFrozenInTheMiddleOfATransactionThisOneGoesOn(String when, String statement) throws IOException {
        Path armed = folder.resolve("armed");
        Path frozen = folder.resolve("frozen");
        bothAtWork("child.freeze=" + statement, "child.freeze.armed=" + armed, "child.freeze.frozen=" + frozen);
        Files.createFile(armed);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> Files.exists(frozen));
        assertTakenOver();
        assertWokenItChangesNothing();
    }

    /** What the other had in hand is free, and messages nobody had taken are taken: by this one, as no other is left. */
    private void assertTakenOver() {
        List<Long> abandoned = claimsOf(false);
        long taken = taken();
        try (FairClock clock = FairClock.start()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> isDone() || (claimsOf(false).isEmpty() && taken() > taken));
            assertThat(clock.passed()).as("until %s were given up", abandoned).isLessThan(PROMISED);
        }
        await().atMost(PATIENCE).until(this::isDone);
        RunProgress progress = addsUp();
        assertThat(progress.sent() + progress.inDoubt()).isEqualTo(PEOPLE);
        assertThat(progress.inDoubt()).isLessThanOrEqualTo(2 * 10);
        assertThat(addresses()).doesNotHaveDuplicates();
    }

    private void assertWokenItChangesNothing() {
        RunProgress before = harness.progress(acme, run);
        other.thaw();
        await().during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .until(() -> harness.progress(acme, run).equals(before));
        assertThat(addresses()).doesNotHaveDuplicates();
    }

    private boolean isDone() {
        return addsUp().state() == RunState.DONE;
    }

    private RunProgress addsUp() {
        RunProgress now = harness.progress(acme, run);
        assertThat(now.total())
                .isEqualTo(now.waiting() + now.inFlight() + now.sent() + now.failed() + now.skipped() + now.inDoubt());
        return now;
    }

    /** This node's, or the other's. */
    private List<Long> claimsOf(boolean ours) {
        return harness.jdbc
                .sql("SELECT fence FROM delivery_claim WHERE tenant_id = ? AND run_id = ? AND (node = ?) = ?")
                .params(acme.value(), run.value(), pulse.id(), ours)
                .query(Long.class)
                .list();
    }

    private long taken() {
        return harness.jdbc
                .sql("SELECT claimed_to FROM delivery_cursor WHERE tenant_id = ? AND run_id = ?")
                .params(acme.value(), run.value())
                .query(Long.class)
                .single();
    }

    private List<String> addresses() {
        return smtp.received().stream().map(ScriptedSmtp.Received::to).toList();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
