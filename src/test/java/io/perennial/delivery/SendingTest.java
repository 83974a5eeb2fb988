package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestTenants;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@IntegrationTest
class SendingTest {

    @Autowired
    TestTenants tenants;

    private SendingHarness harness;

    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer();

    @BeforeEach
    void prepare(@Autowired ApplicationContext application) {
        harness = new SendingHarness(application);
    }

    @AfterEach
    void stop() {
        smtp.close();
    }

    @Test
    void everybodyGetsOneMailAndTheRunIsDone() {
        TenantId acme = tenants.fresh("Acme");
        harness.customers(acme, 230, "acme");
        RunId run = harness.released(acme, composer);
        DeliveryEngine engine = harness.engine(SendingHarness.quick(), smtp, composer);
        engine.start();
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> harness.progress(acme, run).state() == RunState.DONE);
        } finally {
            engine.stop();
        }
        RunProgress progress = harness.progress(acme, run);
        assertThat(progress.sent()).isEqualTo(230);
        assertThat(progress.total()).isEqualTo(230);
        assertThat(smtp.received()).hasSize(230);
        assertThat(smtp.received().stream().map(ScriptedSmtp.Received::to).distinct())
                .hasSize(230);
        assertThat(smtp.received().stream()
                        .map(ScriptedSmtp.Received::messageId)
                        .distinct())
                .hasSize(230);
    }
}
