package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.TenantId;
import io.perennial.support.ChildProcess;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.ScriptedSmtp.Step;
import io.perennial.support.StoppableDatabase;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The database away for longer than a lease, or silent with its connections open, while another process sends. */
abstract class LongOutage {

    private static final Duration LEASE = Duration.ofSeconds(9);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PEOPLE = 400;
    private static final int WORKERS = 2;
    private static final int STEP = 10;

    private final StoppableDatabase database;

    @Autowired
    TestTenants tenants;

    private SendingHarness harness;
    private TenantId acme;
    private RunId run;
    private ChildProcess node;
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer();

    LongOutage(StoppableDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void atWork(@Autowired ApplicationContext application) {
        harness = new SendingHarness(application);
        acme = tenants.fresh("Acme");
        harness.customers(acme, PEOPLE, "acme");
        smtp.script((step, exchange) -> {
            if (step == Step.CONTENT) {
                sleep(20);
            }
            return null;
        });
        run = harness.released(acme, composer);
        node = ChildNode.start(smtp.port(), composer.kind(), WORKERS, 50, STEP, LEASE);
        node.await(await().atMost(PATIENCE), () -> smtp.count(Step.CONTENT) > PEOPLE / 4);
    }

    @AfterEach
    void stop() {
        node.kill();
        smtp.close();
    }

    @Test
    void awayForLongerThanALeaseWhatWasOnItsWayIsInDoubtAndNothingIsSentTwice() {
        database.kill();
        sleep(LEASE.toMillis() * 2);
        int before = smtp.received().size();
        database.startAgain();
        awaitDone();
        assertThat(smtp.received().size()).isGreaterThan(before);
        assertNobodyLostOrDoubled();
    }

    @Test
    void silentWithOpenConnectionsItIsWaitedForAndNothingIsSentTwice() {
        database.freeze();
        try {
            sleep(LEASE.toMillis() * 2);
        } finally {
            database.thaw();
        }
        awaitDone();
        assertNobodyLostOrDoubled();
    }

    private void awaitDone() {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            RunProgress now = harness.progress(acme, run);
            assertThat(now.total())
                    .isEqualTo(
                            now.waiting() + now.inFlight() + now.sent() + now.failed() + now.skipped() + now.inDoubt());
            return now.state() == RunState.DONE;
        });
    }

    private void assertNobodyLostOrDoubled() {
        RunProgress progress = harness.progress(acme, run);
        List<String> addresses =
                smtp.received().stream().map(ScriptedSmtp.Received::to).toList();
        assertThat(addresses).doesNotHaveDuplicates();
        assertThat(progress.sent() + progress.inDoubt()).isEqualTo(PEOPLE);
        assertThat(progress.inDoubt()).isLessThanOrEqualTo(WORKERS * STEP);
        // Whoever was mailed is recorded as sent or in doubt, never as waiting or failed.
        assertThat((long) addresses.size()).isBetween(progress.sent(), progress.sent() + progress.inDoubt());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
