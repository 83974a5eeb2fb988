package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.TenantId;
import io.perennial.support.ChildProcess;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.ScriptedSmtp.Step;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.domain.PageRequest;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Nodes that are killed, as real processes by a real {@code kill -9}, at chosen points of the conversation. */
@IntegrationTest
class CrashIT {

    /** Not awaited: whoever is killed is noticed by its process. A sixth of it is how long an answer may take. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    @Autowired
    TestTenants tenants;

    @Autowired
    PlatformTransactionManager transactions;

    private SendingHarness harness;
    private TenantId acme;
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer();
    private final AtomicReference<ChildProcess> child = new AtomicReference<>();

    @BeforeEach
    void prepare(@Autowired ApplicationContext application) {
        harness = new SendingHarness(application);
        acme = tenants.fresh("Acme");
    }

    @AfterEach
    void stop() {
        kill();
        smtp.close();
    }

    private void launch(int workers, int chunk, int step) {
        child.set(ChildNode.start(smtp.port(), composer.kind(), workers, chunk, step, LEASE));
    }

    private void kill() {
        ChildProcess node = child.get();
        if (node != null) {
            node.kill();
        }
    }

    private void awaitDeath() throws InterruptedException {
        child.get().awaitEnd(Duration.ofMinutes(3));
    }

    private void awaitDone(RunId run) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> harness.progress(acme, run).state() == RunState.DONE);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> addresses() {
        return smtp.received().stream().map(ScriptedSmtp.Received::to).toList();
    }

    /** Case 1: killed 50 times between taking a message and its content, nothing is lost, doubled or in doubt. */
    @Test
    void killedFiftyTimesBeforeTheContentAllAreSentOnce() throws Exception {
        harness.customers(acme, 500, "acme");
        RunId run = harness.released(acme, composer);
        Random random = new Random(1);
        AtomicInteger untilKill = new AtomicInteger();
        AtomicBoolean armed = new AtomicBoolean(true);
        smtp.script((step, exchange) -> {
            if (step == Step.RCPT && armed.get() && untilKill.decrementAndGet() == 0) {
                kill();
                return ScriptedSmtp.DROP;
            }
            return null;
        });
        for (int i = 0; i < 50; i++) {
            untilKill.set(1 + random.nextInt(9));
            launch(1, 10, 1);
            awaitDeath();
        }
        armed.set(false);
        launch(2, 50, 10);
        awaitDone(run);
        RunProgress progress = harness.progress(acme, run);
        assertThat(progress.sent()).isEqualTo(500);
        assertThat(progress.inDoubt()).isZero();
        assertThat(addresses()).hasSize(500).doesNotHaveDuplicates();
    }

    /** The same at any point, with steps as in production: never a double, and few in doubt. */
    @Test
    void killedAtAnyMomentNobodyGetsTwoAndNobodyIsForgotten() throws Exception {
        int workers = 3;
        int step = 5;
        int kills = 12;
        harness.customers(acme, 500, "acme");
        RunId run = harness.released(acme, composer);
        Random random = new Random(2);
        AtomicInteger untilKill = new AtomicInteger();
        smtp.script((at, exchange) -> {
            if (untilKill.get() > 0 && at != Step.CONNECT && untilKill.decrementAndGet() == 0) {
                kill();
                return ScriptedSmtp.DROP;
            }
            return null;
        });
        for (int i = 0; i < kills; i++) {
            untilKill.set(5 + random.nextInt(100));
            launch(workers, 20, step);
            awaitDeath();
        }
        untilKill.set(0);
        launch(workers, 50, step);
        awaitDone(run);
        RunProgress progress = harness.progress(acme, run);
        assertThat(progress.sent() + progress.inDoubt()).isEqualTo(500);
        assertThat(progress.inDoubt()).isLessThanOrEqualTo((long) kills * workers * step);
        assertThat(addresses()).doesNotHaveDuplicates();
        assertThat((long) addresses().size()).isGreaterThanOrEqualTo(progress.sent());
    }

    /** Case 2: the content was taken, the node died before the answer. */
    @Test
    void killedAfterTheContentTheMessageIsInDoubtAndNotSentAgain() throws Exception {
        harness.customers(acme, 20, "acme");
        RunId run = harness.released(acme, composer);
        AtomicReference<String> victim = new AtomicReference<>();
        smtp.script((step, exchange) -> {
            if (step == Step.CONTENT && exchange.count() == 7) {
                victim.set(exchange.to());
                kill();
                return ScriptedSmtp.DROP;
            }
            return null;
        });
        launch(1, 20, 1);
        awaitDeath();
        launch(1, 20, 1);
        awaitDone(run);
        assertOnlyInDoubt(run, victim.get(), 20);
    }

    /** Case 3: the server said 250, the node could not commit that and died. */
    @Test
    void killedWhileTheAnswerIsBeingCommittedTheMessageIsInDoubtNeverPending() throws Exception {
        harness.customers(acme, 10, "acme");
        RunId run = harness.released(acme, composer);
        AtomicReference<String> victim = new AtomicReference<>();
        AtomicReference<Thread> holder = new AtomicReference<>();
        smtp.script((step, exchange) -> {
            if (step == Step.CONTENT && exchange.count() == 4) {
                victim.set(exchange.to());
                holder.set(holdRowAndKill(run, exchange.to()));
            }
            return null;
        });
        launch(1, 20, 1);
        awaitDeath();
        holder.get().join();
        assertThat(stateOf(run, victim.get())).isEqualTo("TRANSMITTING");
        launch(1, 20, 1);
        awaitDone(run);
        assertOnlyInDoubt(run, victim.get(), 10);
    }

    /** Locks the message's row, so that the commit after the 250 waits; then kills. */
    private Thread holdRowAndKill(RunId run, String email) {
        AtomicBoolean locked = new AtomicBoolean();
        Thread thread = Thread.ofPlatform()
                .start(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    harness.jdbc
                            .sql("SELECT id FROM message WHERE tenant_id = ? AND run_id = ? AND email = ? FOR UPDATE")
                            .params(acme.value(), run.value(), email)
                            .query(Long.class)
                            .single();
                    locked.set(true);
                    sleep(1000);
                    kill();
                }));
        await().atMost(Duration.ofMinutes(2)).untilTrue(locked);
        return thread;
    }

    /** Case 6: asked to end, a node ends its current messages and leaves the rest waiting. */
    @Test
    void askedToEndTheCurrentMessageEndsAndTheRestStaysPending() throws Exception {
        harness.customers(acme, 100, "acme");
        RunId run = harness.released(acme, composer);
        AtomicBoolean asked = new AtomicBoolean();
        AtomicBoolean armed = new AtomicBoolean(true);
        smtp.script((step, exchange) -> {
            if (step == Step.CONTENT && exchange.count() == 25 && asked.compareAndSet(false, true)) {
                child.get().askToEnd();
            }
            if (asked.get() && step == Step.CONTENT && armed.get()) {
                sleep(100); // so that the request arrives long before the last message
            }
            return null;
        });
        launch(2, 50, 10);
        awaitDeath();
        RunProgress progress = harness.progress(acme, run);
        assertThat(progress.inDoubt()).isZero();
        assertThat(progress.inFlight()).isZero();
        assertThat(progress.sent()).isEqualTo(addresses().size()).isLessThan(100);
        assertThat(progress.waiting()).isEqualTo(100 - progress.sent());
        armed.set(false);
        launch(2, 50, 10);
        awaitDone(run);
        assertThat(addresses()).hasSize(100).doesNotHaveDuplicates();
    }

    private void assertOnlyInDoubt(RunId run, String victim, int total) {
        RunProgress progress = harness.progress(acme, run);
        assertThat(progress.inDoubt()).isEqualTo(1);
        assertThat(progress.sent()).isEqualTo(total - 1);
        assertThat(stateOf(run, victim)).isEqualTo("IN_DOUBT");
        assertThat(addresses()).hasSize(total).doesNotHaveDuplicates();
    }

    private String stateOf(RunId run, String email) {
        return TestTenants.asOwner(
                acme,
                () -> harness.outbox
                        .outcomes(run, null, email, PageRequest.of(0, 1))
                        .getContent()
                        .getFirst()
                        .state()
                        .name());
    }
}
