package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.ScriptedSmtp.Step;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Two nodes on one run, one of which goes away while its lease has minutes to go. */
@IntegrationTest
class TakeoverIT {

    private static final Duration LEASE = Duration.ofMinutes(6);
    private static final int PEOPLE = 300;

    @Autowired
    TestTenants tenants;

    private SendingHarness harness;
    private TenantId acme;
    private RunId run;
    private ChildNode other;
    private DeliveryEngine own;
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer();

    /** The other node is at work, this one has joined. */
    @BeforeEach
    void bothAtWork(@Autowired ApplicationContext application) {
        harness = new SendingHarness(application);
        acme = tenants.fresh("Acme");
        harness.customers(acme, PEOPLE, "acme");
        run = harness.released(acme, composer);
        smtp.script((step, exchange) -> {
            if (step == Step.CONTENT) {
                sleep(10);
            }
            return null;
        });
        other = ChildNode.start(smtp.port(), composer.kind(), 1, 50, 10, LEASE);
        await().atMost(Duration.ofSeconds(60)).until(() -> smtp.count(Step.CONTENT) > 5);
        own = harness.engine(SendingHarness.properties(1, 50, 10, LEASE, Duration.ofSeconds(2)), smtp, composer);
        own.start();
        int sent = smtp.count(Step.CONTENT);
        await().atMost(Duration.ofSeconds(20)).until(() -> smtp.count(Step.CONTENT) > sent + 5);
    }

    @AfterEach
    void stop() {
        own.stop();
        other.kill();
        smtp.close();
    }

    @Test
    void theOtherIsKilledThisOneGoesOnWithinFifteenSeconds() {
        other.kill();
        assertTakenOver();
    }

    /** Case 5: frozen longer than the others wait, then woken: what it still writes is refused, and nobody gets two. */
    @Test
    void theOtherIsFrozenThisOneGoesOnAndWokenItChangesNothing() {
        other.freeze();
        assertTakenOver();
        RunProgress before = harness.progress(acme, run);
        other.thaw();
        sleep(3000);
        assertThat(harness.progress(acme, run)).isEqualTo(before);
        assertThat(addresses()).doesNotHaveDuplicates();
    }

    private void assertTakenOver() {
        long from = System.nanoTime();
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    RunProgress now = harness.progress(acme, run);
                    assertThat(now.total())
                            .isEqualTo(now.waiting()
                                    + now.inFlight()
                                    + now.sent()
                                    + now.failed()
                                    + now.skipped()
                                    + now.inDoubt());
                    return now.state() == RunState.DONE;
                });
        // The dead node's messages are among the last; sending all takes three seconds by itself.
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(18));
        RunProgress progress = harness.progress(acme, run);
        assertThat(progress.sent() + progress.inDoubt()).isEqualTo(PEOPLE);
        assertThat(progress.inDoubt()).isLessThanOrEqualTo(10);
        assertThat(addresses()).doesNotHaveDuplicates();
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
