package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.customers.Erasures;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.domain.PageRequest;

/** Case 28 in the middle of a campaign. */
@IntegrationTest
class ErasedWhileSendingTest {

    @Autowired
    TestTenants tenants;

    @Autowired
    Erasures erasures;

    @Test
    void whoIsErasedWhileTheRunIsPausedIsNotMailedAndTheSumHolds(@Autowired ApplicationContext application) {
        SendingHarness harness = new SendingHarness(application);
        SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer();
        TenantId acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        List<Long> people = harness.customers(acme, 60, "acme");
        harness.customers(globex, 60, "acme"); // the same addresses
        RunId run = harness.released(acme, composer);
        RunId other = harness.released(globex, composer);
        try (ScriptedSmtp smtp = new ScriptedSmtp()) {
            TestTenants.asOwner(acme, () -> {
                harness.outbox.pause(run);
                erasures.erase(new CustomerId(people.get(41)), "c41@acme.example");
                harness.outbox.resume(run);
            });
            DeliveryEngine engine = harness.engine(SendingHarness.quick(), smtp, composer);
            engine.start();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> harness.progress(acme, run).state() == RunState.DONE
                            && harness.progress(globex, other).state() == RunState.DONE);
            engine.stop();
            RunProgress progress = harness.progress(acme, run);
            assertThat(progress.sent()).isEqualTo(59);
            assertThat(progress.skipped()).isEqualTo(1);
            assertThat(progress.total()).isEqualTo(60);
            assertThat(harness.progress(globex, other).sent()).isEqualTo(60);
            assertThat(smtp.receivedBy("c41@acme.example")).hasSize(1); // the other business's
            assertThat(TestTenants.asOwner(
                            acme,
                            () -> harness.outbox
                                    .outcomes(run, MessageState.SKIPPED, null, PageRequest.of(0, 5))
                                    .getContent()))
                    .singleElement()
                    .satisfies(outcome -> {
                        assertThat(outcome.email()).isEqualTo("erased@invalid");
                        assertThat(outcome.detail()).isEqualTo("No longer a customer");
                    });
        }
    }
}
