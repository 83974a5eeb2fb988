package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.Role;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.ScriptedSmtp.Step;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.data.domain.PageRequest;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class SendingTest {

    @Autowired
    TestTenants tenants;

    @Autowired
    Mailer mailer;

    private SendingHarness harness;
    private TenantId acme;
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer();

    @BeforeEach
    void prepare(@Autowired ApplicationContext application) {
        harness = new SendingHarness(application);
        acme = tenants.fresh("Acme");
    }

    @AfterEach
    void stop() {
        smtp.close();
    }

    private void sendingUntil(BooleanSupplier condition) {
        sendingUntil(SendingHarness.quick(), condition);
    }

    private void sendingUntil(DeliveryProperties properties, BooleanSupplier condition) {
        DeliveryEngine engine = harness.engine(properties, smtp, composer);
        engine.start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(20))
                    .until(condition::getAsBoolean);
        } finally {
            engine.stop();
        }
    }

    private RunProgress progress(RunId run) {
        RunProgress now = harness.progress(acme, run);
        assertThat(now.total())
                .isEqualTo(now.waiting() + now.inFlight() + now.sent() + now.failed() + now.skipped() + now.inDoubt());
        return now;
    }

    private boolean isDone(RunId run) {
        return progress(run).state() == RunState.DONE;
    }

    private List<MessageOutcome> outcomes(RunId run) {
        return TestTenants.asOwner(
                acme,
                () -> harness.outbox
                        .outcomes(run, null, null, PageRequest.of(0, 1000))
                        .getContent());
    }

    @Test
    void everybodyGetsOneMailAndTheRunIsDone() {
        harness.customers(acme, 230, "acme");
        RunId run = harness.released(acme, composer);
        sendingUntil(() -> isDone(run));
        assertThat(progress(run).sent()).isEqualTo(230);
        assertThat(smtp.received()).hasSize(230);
        assertThat(smtp.received().stream().map(ScriptedSmtp.Received::to).distinct())
                .hasSize(230);
        assertThat(smtp.received().stream()
                        .map(ScriptedSmtp.Received::messageId)
                        .distinct())
                .hasSize(230);
        assertThat(smtp.received().getFirst().content())
                .contains("Reply-To: answers@roast.example")
                .contains("List-Unsubscribe: <http://")
                .contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
        // Connections are reused: two workers, two connections.
        assertThat(smtp.count(Step.CONNECT)).isEqualTo(2);
        assertThat(outcomes(run)).allSatisfy(outcome -> {
            assertThat(outcome.state()).isEqualTo(MessageState.SENT);
            assertThat(outcome.detail()).startsWith("250");
            assertThat(outcome.at()).isNotNull();
        });
    }

    @Test
    void eachAnswerIsKeptWithItsOwnMessage() {
        harness.customers(acme, 40, "acme");
        smtp.script(
                (step, exchange) -> step == Step.CONTENT ? "250 2.0.0 Ok: queued for \"" + exchange.to() + "\"" : null);
        RunId run = harness.released(acme, composer);
        sendingUntil(() -> isDone(run));
        assertThat(outcomes(run)).hasSize(40).allSatisfy(outcome -> {
            assertThat(outcome.state()).isEqualTo(MessageState.SENT);
            assertThat(outcome.detail()).startsWith("250 2.0.0 Ok: queued for \"" + outcome.email() + "\"");
        });
    }

    @Test
    void enqueueingTwiceAddsNobodyTwiceAndNobodyOfAnotherBusiness() {
        TenantId globex = tenants.fresh("Globex");
        harness.customers(acme, 5, "acme");
        harness.customers(globex, 5, "globex");
        RunId run = harness.prepared(acme, composer, null);
        TestTenants.asOwner(acme, () -> {
            assertThat(harness.outbox.enqueue(run, SendingHarness.everybody(acme)))
                    .isZero();
            assertThat(harness.outbox.enqueue(run, SendingHarness.everybody(globex)))
                    .isZero();
        });
        harness.customers(acme, 2, "late");
        TestTenants.asOwner(
                acme,
                () -> assertThat(harness.outbox.enqueue(run, SendingHarness.everybody(acme)))
                        .isEqualTo(2));
        TestTenants.asOwner(globex, () -> {
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> harness.outbox.progress(run));
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> harness.outbox.cancel(run));
            assertThat(harness.outbox.outcomes(run, null, null, PageRequest.of(0, 10)))
                    .isEmpty();
        });
        assertThat(progress(run).total()).isEqualTo(7);
    }

    @Test
    void whoMayNotSendMayNotRelease() {
        RunId run = harness.prepared(acme, composer, null);
        TestTenants.as(
                acme,
                Role.SUPPORT,
                () -> assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> harness.outbox.release(run)));
    }

    @Test
    void aServerThatHangsUpOnConnectOpensTheBreakerAndCountsNoAttempt() {
        harness.customers(acme, 20, "acme");
        AtomicInteger refusals = new AtomicInteger();
        smtp.script((step, exchange) ->
                step == Step.CONNECT && refusals.incrementAndGet() <= 4 ? "421 4.3.2 Too busy" : null);
        RunId run = harness.released(acme, composer);
        sendingUntil(() -> isDone(run));
        assertThat(progress(run).sent()).isEqualTo(20);
        assertThat(smtp.received()).hasSize(20);
        assertThat(smtp.count(Step.CONNECT)).isLessThan(12);
        assertThat(attempts(run)).containsOnly(1);
    }

    @Test
    void laterIsTriedAgainAfterHalfAnHourAndFailsAfterTheLimit() {
        harness.customers(acme, 2, "acme");
        smtp.script((step, exchange) -> step == Step.RCPT ? "450 4.2.1 Mailbox busy" : null);
        RunId run = harness.released(acme, composer);
        sendingUntil(() -> progress(run).waiting() == 2 && attempts(run).equals(List.of(1, 1)));
        assertThat(minutesToRetry(run)).allMatch(minutes -> minutes >= 29 && minutes <= 38);

        makeDue(run);
        sendingUntil(() -> attempts(run).equals(List.of(2, 2)));
        assertThat(minutesToRetry(run)).allMatch(minutes -> minutes >= 59 && minutes <= 75);

        harness.jdbc
                .sql("UPDATE message SET first_attempt_at = UTC_TIMESTAMP(6) - INTERVAL 5 DAY "
                        + "WHERE tenant_id = ? AND run_id = ?")
                .params(acme.value(), run.value())
                .update();
        makeDue(run);
        sendingUntil(() -> isDone(run));
        assertThat(progress(run).failed()).isEqualTo(2);
        assertThat(outcomes(run)).allMatch(outcome -> "450 4.2.1 Mailbox busy".equals(outcome.detail()));
        assertThat(suppressed(acme)).isEmpty();
    }

    @Test
    void anUnknownMailboxIsSuppressedForThisBusinessOnly() {
        TenantId globex = tenants.fresh("Globex");
        harness.customers(acme, 3, "shared");
        harness.customers(globex, 3, "shared");
        smtp.script((step, exchange) ->
                step == Step.RCPT && exchange.to().startsWith("c1@") ? "550 5.1.1 No such user" : null);
        RunId run = harness.released(acme, composer);
        sendingUntil(() -> isDone(run));
        RunProgress progress = progress(run);
        assertThat(progress.sent()).isEqualTo(2);
        assertThat(progress.failed()).isEqualTo(1);
        assertThat(progress.bounced()).isEqualTo(1);
        assertThat(suppressed(acme)).containsExactly("c1@shared.example BOUNCED 550 5.1.1 No such user");
        assertThat(suppressed(globex)).isEmpty();
    }

    @Test
    void aRefusedSenderPausesTheRunAndSuppressesNobody() {
        harness.customers(acme, 5, "acme");
        smtp.script((step, exchange) ->
                step == Step.CONTENT ? "550 5.7.515 Access denied, sending domain does not pass" : null);
        RunId run = harness.released(acme, composer);
        sendingUntil(
                () -> progress(run).state() == RunState.PAUSED && progress(run).inFlight() == 0);
        assertThat(progress(run).waiting()).isEqualTo(5);
        assertThat(progress(run).reason()).startsWith("550 5.7.515");
        assertThat(suppressed(acme)).isEmpty();

        smtp.script((step, exchange) -> null);
        TestTenants.asOwner(acme, () -> harness.outbox.resume(run));
        sendingUntil(() -> isDone(run));
        assertThat(progress(run).sent()).isEqualTo(5);
        assertThat(progress(run).reason()).isNull();
    }

    @Test
    void aWrongPasswordPausesTheRunAndCostsNobodyTheirMail() {
        harness.customers(acme, 3, "acme");
        smtp.script((step, exchange) -> step == Step.MAIL ? "530 5.7.0 Authentication required" : null);
        RunId run = harness.released(acme, composer);
        for (int i = 0; i < 5; i++) {
            sendingUntil(() ->
                    progress(run).state() == RunState.PAUSED && progress(run).inFlight() == 0);
            TestTenants.asOwner(acme, () -> harness.outbox.resume(run));
        }
        assertThat(progress(run).waiting()).isEqualTo(3);
        assertThat(attempts(run)).containsOnly(0);
    }

    @Test
    void silenceAfterTheContentLeavesOneInDoubtWhichIsNotSentAgain() {
        harness.customers(acme, 6, "acme");
        AtomicInteger contents = new AtomicInteger();
        smtp.script((step, exchange) ->
                step == Step.CONTENT && contents.incrementAndGet() == 3 ? ScriptedSmtp.STALL : null);
        RunId run = harness.released(acme, composer);
        sendingUntil(
                SendingHarness.properties(1, 50, 10, Duration.ofSeconds(30), Duration.ofSeconds(1)), () -> isDone(run));
        assertThat(progress(run).sent()).isEqualTo(5);
        assertThat(progress(run).inDoubt()).isEqualTo(1);
        assertThat(smtp.received()).hasSize(6);
        assertThat(smtp.received().stream().map(ScriptedSmtp.Received::to).distinct())
                .hasSize(6);
    }

    @Test
    void oneWhoseMailCannotBeMadeFailsAloneAndVisibly() {
        SendingHarness.PlainComposer picky = new SendingHarness.PlainComposer() {
            @Override
            MessageComposer.Composed compose(Recipient recipient) {
                if (recipient.email().startsWith("c2@")) {
                    throw new IllegalStateException("No voucher for this person");
                }
                if (recipient.email().startsWith("c3@")) {
                    return new MessageComposer.Composed.Message("Two\r\nlines", "h", "t");
                }
                return super.compose(recipient);
            }
        };
        harness.customers(acme, 5, "acme");
        RunId run = harness.released(acme, picky);
        DeliveryEngine engine = harness.engine(SendingHarness.quick(), smtp, picky);
        engine.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> isDone(run));
        engine.stop();
        assertThat(progress(run).sent()).isEqualTo(3);
        assertThat(outcomes(run).stream()
                        .filter(outcome -> outcome.state() == MessageState.FAILED)
                        .map(MessageOutcome::detail))
                .containsExactlyInAnyOrder(
                        "No voucher for this person", "Subject has a line break or control character in it");
    }

    @Test
    void whoUnsubscribedBouncedOrLeftAfterQueueingIsNotMailed() {
        List<Long> customers = harness.customers(acme, 5, "acme");
        harness.jdbc
                .sql("INSERT INTO consent_topic (tenant_id, code, name, position) VALUES (?, 'news', 'News', 0)")
                .param(acme.value())
                .update();
        RunId run = harness.prepared(acme, composer, "news");
        harness.jdbc
                .sql("INSERT INTO consent (tenant_id, customer_id, topic, status, at, source) "
                        + "VALUES (?, ?, 'news', 'WITHDRAWN', UTC_TIMESTAMP(6), 'test')")
                .params(acme.value(), customers.get(0))
                .update();
        harness.jdbc
                .sql("INSERT INTO suppression (tenant_id, email_hash, reason, at) "
                        + "VALUES (?, UNHEX(SHA2('c1@acme.example', 256)), 'COMPLAINED', UTC_TIMESTAMP(6))")
                .param(acme.value())
                .update();
        harness.jdbc
                .sql("DELETE FROM customer WHERE tenant_id = ? AND id = ?")
                .params(acme.value(), customers.get(2))
                .update();
        TestTenants.asOwner(acme, () -> harness.outbox.release(run));
        sendingUntil(() -> isDone(run));
        assertThat(progress(run).skipped()).isEqualTo(3);
        assertThat(smtp.received().stream().map(ScriptedSmtp.Received::to))
                .containsExactlyInAnyOrder("c3@acme.example", "c4@acme.example");
    }

    @Test
    void cancellingSkipsWhatStillWaits() {
        harness.customers(acme, 30, "acme");
        RunId run = harness.released(acme, composer);
        TestTenants.asOwner(acme, () -> harness.outbox.cancel(run));
        assertThat(progress(run).skipped()).isEqualTo(30);
        assertThat(progress(run).state()).isEqualTo(RunState.CANCELLED);
        TestTenants.asOwner(acme, () -> harness.outbox.resume(run));
        assertThat(progress(run).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aWorkerThatOutlivedItsLeaseChangesNothing() {
        harness.customers(acme, 2, "acme");
        RunId run = harness.released(acme, composer);
        DeliveryProperties brief = SendingHarness.properties(1, 10, 1, Duration.ofMillis(600), Duration.ofMillis(100));
        Ledger ledger = harness.ledger(brief);
        Run known = ledger.active().stream()
                .filter(r -> r.id().equals(run))
                .findFirst()
                .orElseThrow();
        Claim frozen = ledger.claim(known, 10);
        long first = frozen.messages().getFirst().id();
        long second = frozen.messages().get(1).id();
        assertThat(ledger.begin(frozen, first, List.of())).isTrue();
        await().pollDelay(Duration.ofMillis(700)).until(() -> true);
        harness.upkeep().tidy(known, java.util.Set.of());
        Claim next = ledger.claim(known, 10);
        assertThat(next.messages()).extracting(Claim.Held::id).containsExactly(second);

        assertThat(ledger.begin(frozen, second, List.of(Mark.sent(first, "250 Ok"))))
                .isFalse();
        ledger.settle(frozen, List.of(Mark.sent(first, "250 Ok"), Mark.sent(second, "250 Ok")));
        assertThat(progress(run).inDoubt()).isEqualTo(1);
        assertThat(progress(run).inFlight()).isEqualTo(1);
    }

    @Test
    void anAcceptedMailWhoseRecordFailsIsInDoubtAndNeverPending() {
        harness.customers(acme, 3, "acme");
        RunId run = harness.released(acme, composer);
        DeliveryProperties brief =
                SendingHarness.properties(1, 10, 10, Duration.ofMillis(1500), Duration.ofMillis(250));
        DeliveryEngine engine = harness.engineWithLedger(
                brief,
                harness.ledgerThatCannotSettle(
                        brief, () -> new TransientDataAccessResourceException("The commit failed")),
                smtp,
                composer);
        engine.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> isDone(run));
        engine.stop();
        assertThat(progress(run).inDoubt()).isEqualTo(3);
        sendingUntil(() -> isDone(run));
        assertThat(smtp.received()).hasSize(3);
    }

    @Test
    void theDatabaseMayBeAwayForAWhile() {
        harness.customers(acme, 10, "acme");
        RunId run = harness.released(acme, composer);
        AtomicInteger failures = new AtomicInteger();
        DeliveryProperties properties = SendingHarness.quick();
        DeliveryEngine engine = harness.engineWithLedger(
                properties,
                harness.ledgerThatCannotSettle(
                        properties,
                        () -> failures.incrementAndGet() <= 3
                                ? new TransientDataAccessResourceException("Away")
                                : null),
                smtp,
                composer);
        engine.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> isDone(run));
        engine.stop();
        assertThat(progress(run).sent()).isEqualTo(10);
        assertThat(smtp.received()).hasSize(10);
    }

    @Test
    void twoNodesShareARunOfTenThousandWithoutDoublesAndItEndsOnce() {
        harness.customers(acme, 10_000, "acme");
        RunId run = harness.released(acme, composer);
        DeliveryEngine other = harness.engine(SendingHarness.quick(), smtp, composer);
        other.start();
        sendingUntil(() -> isDone(run));
        other.stop();
        assertThat(smtp.received()).hasSize(10_000);
        assertThat(smtp.received().stream()
                        .map(ScriptedSmtp.Received::messageId)
                        .distinct())
                .hasSize(10_000);
        assertThat(smtp.received().stream().map(ScriptedSmtp.Received::to).distinct())
                .hasSize(10_000);
        assertThat(progress(run).sent()).isEqualTo(10_000);
    }

    @Test
    void pausedAndResumedTwentyTimesTheTotalsMatch() {
        harness.customers(acme, 1000, "acme");
        smtp.script((step, exchange) -> {
            if (step == Step.CONTENT) {
                sleep(1);
            }
            return null;
        });
        RunId run = harness.released(acme, composer);
        DeliveryEngine engine = harness.engine(SendingHarness.quick(), smtp, composer);
        engine.start();
        for (int i = 0; i < 20; i++) {
            sleep(40);
            TestTenants.asOwner(acme, () -> harness.outbox.pause(run));
            assertThat(progress(run).total()).isEqualTo(1000);
            sleep(10);
            TestTenants.asOwner(acme, () -> harness.outbox.resume(run));
            assertThat(progress(run).total()).isEqualTo(1000);
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> isDone(run));
        engine.stop();
        assertThat(progress(run).sent()).isEqualTo(1000);
        assertThat(smtp.received()).hasSize(1000);
        assertThat(smtp.received().stream().map(ScriptedSmtp.Received::to).distinct())
                .hasSize(1000);
    }

    @Test
    void aSingleMailIsSentAtOnceAndARefusalIsTold() {
        String to = "single-" + acme + "@example.com";
        TestTenants.asOwner(
                acme,
                () -> mailer.send(new Mailer.Mail(
                        "Röstwerk",
                        new EmailAddress("hello@roast.example"),
                        null,
                        new EmailAddress(to),
                        "Grüße",
                        "<p>Hi</p>",
                        "Hi")));
        assertThat(TestMail.receivedBy(to)).hasSize(1);
        smtp.script((step, exchange) -> step == Step.RCPT ? "550 5.1.1 Nobody here" : null);
        MailServer server = SendingHarness.server(SendingHarness.quick(), smtp.port());
        Mailer refused = new DirectMailer(tenant -> server, (tenant, domain) -> null, tenant -> true);
        assertThatExceptionOfType(Mailer.MailNotSent.class)
                .isThrownBy(() -> TestTenants.asOwner(
                        acme,
                        () -> refused.send(new Mailer.Mail(
                                "R",
                                new EmailAddress("hello@roast.example"),
                                null,
                                new EmailAddress(to),
                                "s",
                                "h",
                                "t"))))
                .withMessageContaining("Nobody here");
    }

    private List<Integer> attempts(RunId run) {
        return harness.jdbc
                .sql("SELECT attempts FROM message WHERE tenant_id = ? AND run_id = ?")
                .params(acme.value(), run.value())
                .query(Integer.class)
                .list();
    }

    private List<Long> minutesToRetry(RunId run) {
        return harness.jdbc
                .sql("SELECT TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(6), next_attempt_at) FROM message "
                        + "WHERE tenant_id = ? AND run_id = ? AND state = 'RETRY_AT'")
                .params(acme.value(), run.value())
                .query(Long.class)
                .list();
    }

    private void makeDue(RunId run) {
        harness.jdbc
                .sql("UPDATE message SET next_attempt_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND run_id = ?")
                .params(acme.value(), run.value())
                .update();
    }

    private List<String> suppressed(TenantId tenant) {
        return harness.jdbc
                .sql("SELECT CONCAT(email, ' ', reason, ' ', evidence) FROM suppression WHERE tenant_id = ?")
                .param(tenant.value())
                .query(String.class)
                .list();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
