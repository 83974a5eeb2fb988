package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.delivery.returns.ComesBack;
import io.perennial.kernel.TenantId;
import io.perennial.support.CapturedLog;
import io.perennial.support.Figures;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.ScriptedSmtp.Step;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.context.WebApplicationContext;

/** What operators see of sending in figures and in the log: how much, never to whom. */
@IntegrationTest
class WatchedSendingTest {

    private static final String DOMAIN = "watched-person";

    @Autowired
    TestTenants tenants;

    @Autowired
    WebApplicationContext application;

    private SendingHarness harness;
    private Figures figures;
    private TenantId acme;
    private TenantId globex;
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer();

    @BeforeEach
    void prepare() {
        harness = new SendingHarness(application);
        figures = new Figures(application);
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @AfterEach
    void stop() {
        smtp.close();
    }

    private void send(Step refusedAt, String refusal) {
        smtp.script((step, exchange) ->
                step == refusedAt && exchange.to().startsWith("c1@") ? refusal + " <" + exchange.to() + ">" : null);
        RunId one = harness.released(acme, composer);
        RunId other = harness.released(globex, composer);
        DeliveryEngine engine = harness.engine(SendingHarness.quick(), smtp, composer);
        engine.start();
        try {
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> isOver(acme, one) && isOver(globex, other));
        } finally {
            engine.stop();
        }
    }

    private boolean isOver(TenantId tenant, RunId run) {
        RunState state = harness.progress(tenant, run).state();
        return state == RunState.DONE || state == RunState.PAUSED;
    }

    @Test
    void mailsAreCountedByWhatBecameOfThemAndForAllBusinessesTogether() {
        harness.customers(acme, 5, DOMAIN);
        harness.customers(globex, 3, DOMAIN);
        double sent = figures.of("perennial_mails_total{outcome=\"sent\"}");
        double failed = figures.of("perennial_mails_total{outcome=\"failed\"}");
        send(Step.RCPT, "550 5.1.1 Nobody here");
        assertThat(figures.of("perennial_mails_total{outcome=\"sent\"}") - sent).isEqualTo(6);
        assertThat(figures.of("perennial_mails_total{outcome=\"failed\"}") - failed)
                .isEqualTo(2);
        assertThat(figures.text())
                .contains("perennial_mails_waiting{state=\"sending\"}")
                .contains("perennial_runs_oldest_seconds{state=\"sending\"}")
                .contains("perennial_mail_servers{state=\"failing\"}")
                .contains("perennial_sending_locked ")
                .doesNotContainPattern("(?m)^perennial_(mail|runs|sending).* NaN$")
                .doesNotContain(Long.toString(acme.value()))
                .doesNotContain("Globex");
    }

    @Test
    void theLogNamesTheBusinessAndNobodyElse() throws Exception {
        harness.customers(acme, 3, DOMAIN);
        harness.customers(globex, 3, DOMAIN);
        try (CapturedLog log = new CapturedLog()) {
            send(Step.CONTENT, "550 5.7.515 Access denied, sending domain does not pass");
            SentMails mails = new SentMails(application);
            SentMails.Sent returned = mails.again(acme).getFirst();
            ComesBack.take(application, "postfix-unknown", mails.values(returned));
            ComesBack.take(
                    application,
                    "postfix-unknown",
                    Map.of("token", "forged", "verp", "b-forged@" + DOMAIN + ".example"));
            for (String text : List.of(log.plain(), log.structured())) {
                assertThat(text)
                        .contains("the mail server refuses its sender: 550 5.7.515")
                        .contains("(address)")
                        .contains(Long.toString(acme.value()))
                        .doesNotContain(DOMAIN)
                        .doesNotContain("@shop.example", "@roast.example");
            }
            assertThat(log.structured()).contains("\"tenant_id\":\"" + acme.value() + '"');
        }
    }
}
