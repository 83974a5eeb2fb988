package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Measures sending to a fast SMTP sink that listens on {@code PERENNIAL_SMTP_SINK_PORT}; says the figure in the log. */
@IntegrationTest
@EnabledIfEnvironmentVariable(named = "PERENNIAL_SMTP_SINK_PORT", matches = "\\d+")
class ThroughputIT {

    private static final Logger log = LoggerFactory.getLogger(ThroughputIT.class);
    private static final int PEOPLE = 5000;

    @Autowired
    TestTenants tenants;

    /** About 12 KB of HTML with four links and 2 KB of text, as a shop's newsletter has. */
    private static final class Newsletter extends SendingHarness.PlainComposer {

        private static final String BODY =
                ("<tr><td style=\"padding:16px;font-family:Inter,Arial,sans-serif;color:#1c2420\">"
                                + "Čerstvě pražená káva z Etiopie, tóny jasmínu a citrusů. Dobrý den, %s, těšíme se na vás.</td></tr>\n")
                        .repeat(60);

        @Override
        MessageComposer.Composed compose(Recipient recipient) {
            String html = "<html><body><table>" + BODY.replace("%s", recipient.email())
                    + "<a href=\"https://shop.example/new?utm_source=mail&amp;utm_campaign=1\">New</a>"
                    + "<a href=\"https://shop.example/sale\">Sale</a><a href=\"https://shop.example/shops\">Shops</a>"
                    + "<a href=\"https://shop.example/story\">Story</a>"
                    + "<a href=\"" + recipient.unsubscribeLink() + "\">Unsubscribe</a></table></body></html>";
            String text = "Dobrý den, čerstvě pražená káva.\n".repeat(50) + "https://shop.example/new\n"
                    + recipient.unsubscribeLink();
            return new MessageComposer.Composed.Message("Nová káva pro " + recipient.email(), html, text);
        }
    }

    @Test
    void fiveThousandMails(@Autowired ApplicationContext application) {
        SendingHarness harness = new SendingHarness(application);
        Newsletter newsletter = new Newsletter();
        DeliveryProperties properties =
                SendingHarness.properties(4, 100, 20, Duration.ofMinutes(6), Duration.ofMinutes(1));
        MailServer sink =
                SendingHarness.server(properties, Integer.parseInt(System.getenv("PERENNIAL_SMTP_SINK_PORT")));
        for (int round = 1; round <= 3; round++) {
            TenantId tenant = tenants.fresh("Acme " + round);
            harness.customers(tenant, PEOPLE, "acme" + round);
            RunId run = harness.released(tenant, newsletter);
            DeliveryEngine engine = harness.engine(properties, sink, newsletter);
            long from = System.nanoTime();
            engine.start();
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> harness.progress(tenant, run).state() == RunState.DONE);
            double seconds = (System.nanoTime() - from) / 1e9;
            engine.stop();
            assertThat(harness.progress(tenant, run).sent()).isEqualTo(PEOPLE);
            log.info("Round {}: {} messages in {} s, {}/s", round, PEOPLE, seconds, Math.round(PEOPLE / seconds));
        }
    }
}
