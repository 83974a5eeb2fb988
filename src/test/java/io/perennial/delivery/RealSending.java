package io.perennial.delivery;

import io.perennial.kernel.TenantId;
import io.perennial.support.ScriptedSmtp;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.springframework.context.ApplicationContext;

/** Sends what one business released, for tests of other packages: the real engine, a server of its own, nobody else's runs. */
public final class RealSending {

    private RealSending() {}

    /** @return what the server got, when all runs of the business are over */
    public static List<ScriptedSmtp.Received> send(
            ApplicationContext application, TenantId tenant, ScriptedSmtp.Script script) {
        SendingHarness harness = new SendingHarness(application);
        DeliveryProperties properties = SendingHarness.quick();
        Ledger ledger = harness.ledgerOf(tenant, properties);
        MessageComposer[] composers =
                application.getBeanProvider(MessageComposer.class).stream().toArray(MessageComposer[]::new);
        try (ScriptedSmtp smtp = new ScriptedSmtp()) {
            smtp.script(script);
            DeliveryEngine engine = harness.engineWithLedger(properties, ledger, smtp, composers);
            engine.start();
            try {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> ledger.active().stream().noneMatch(run -> run.state() == RunState.SENDING));
            } finally {
                engine.stop();
            }
            return List.copyOf(smtp.received());
        }
    }
}
