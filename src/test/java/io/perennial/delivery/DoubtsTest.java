package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.Role;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.ScriptedSmtp.Step;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.domain.PageRequest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** Mails in doubt, and what a person may decide about them. */
@IntegrationTest
@RecordApplicationEvents
class DoubtsTest {

    @Autowired
    TestTenants tenants;

    @Autowired
    Doubts doubts;

    @Autowired
    ApplicationEvents events;

    private SendingHarness harness;
    private TenantId acme;
    private RunId run;
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer();

    /** A run of five, one of which is in doubt. */
    @BeforeEach
    void aRunWithADoubt(@Autowired ApplicationContext application) {
        harness = new SendingHarness(application);
        acme = tenants.fresh("Acme");
        harness.customers(acme, 5, "acme");
        run = harness.released(acme, composer);
        smtp.script((step, exchange) -> step == Step.CONTENT && exchange.count() == 2 ? ScriptedSmtp.DROP : null);
        send();
        assertThat(harness.progress(acme, run).inDoubt()).isEqualTo(1);
        assertThat(harness.progress(acme, run).sent()).isEqualTo(4);
    }

    @AfterEach
    void stop() {
        smtp.close();
    }

    private void send() {
        DeliveryEngine engine = harness.engine(SendingHarness.quick(), smtp, composer);
        engine.start();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> harness.progress(acme, run).state() == RunState.DONE);
        engine.stop();
    }

    private List<String> doubtful() {
        return TestTenants.asOwner(
                acme,
                () -> harness.outbox.outcomes(run, MessageState.IN_DOUBT, null, PageRequest.of(0, 10)).stream()
                        .map(MessageOutcome::email)
                        .toList());
    }

    @Test
    void countedAsSentNothingIsSentAndTheSumHolds() {
        assertThat(doubtful()).hasSize(1);
        long settled = TestTenants.asOwner(acme, () -> doubts.settle(run, DoubtChoice.COUNT_AS_SENT));
        assertThat(settled).isEqualTo(1);
        assertThat(doubtful()).isEmpty();
        RunProgress progress = harness.progress(acme, run);
        assertThat(progress.sent()).isEqualTo(5).isEqualTo(progress.total());
        assertThat(progress.state()).isEqualTo(RunState.DONE);
        assertThat(smtp.received()).hasSize(5);
        assertThat(events.stream(DoubtSettled.class)).hasSize(1).allSatisfy(event -> {
            assertThat(event.tenant()).isEqualTo(acme);
            assertThat(event.choice()).isEqualTo(DoubtChoice.COUNT_AS_SENT);
            assertThat(event.messages()).isEqualTo(1);
        });
        assertThat(TestTenants.asOwner(acme, () -> doubts.settle(run, DoubtChoice.SEND_AGAIN)))
                .isZero();
    }

    @Test
    void sentAgainOnlyThatPersonGetsASecondOfTheSameMessageId() {
        String person = doubtful().getFirst();
        TestTenants.asOwner(acme, () -> doubts.settle(run, DoubtChoice.SEND_AGAIN));
        assertThat(harness.progress(acme, run).state()).isEqualTo(RunState.SENDING);
        assertThat(harness.progress(acme, run).waiting()).isEqualTo(1);
        send();
        assertThat(harness.progress(acme, run).sent()).isEqualTo(5);
        assertThat(smtp.received()).hasSize(6);
        assertThat(smtp.receivedBy(person))
                .hasSize(2)
                .extracting(ScriptedSmtp.Received::messageId)
                .containsOnly(smtp.receivedBy(person).getFirst().messageId());
    }

    @Test
    void onlyWhoMaySendDecidesAndOnlyInTheirOwnBusiness() {
        TenantId globex = tenants.fresh("Globex");
        for (DoubtChoice choice : DoubtChoice.values()) {
            TestTenants.as(
                    acme,
                    Role.ANALYST,
                    () -> assertThatExceptionOfType(AccessDeniedException.class)
                            .isThrownBy(() -> doubts.settle(run, choice)));
            TestTenants.asOwner(
                    globex,
                    () -> assertThatExceptionOfType(NoSuchElementException.class)
                            .isThrownBy(() -> doubts.settle(run, choice)));
        }
        assertThat(doubtful()).hasSize(1);
    }
}
