package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.domain.PageRequest;

/**
 * Case 41 of the delivery cases, the part about line breaks: no header and no SMTP command of somebody else's, even if what
 * keeps them out at each entry had failed and they stood in the database.
 */
@IntegrationTest
class InjectionTest {

    private static final String COMMAND = "c1@acme.example>\r\nRCPT TO:<victim@else.example";

    @Autowired
    TestTenants tenants;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.example\r\nBcc: c@d.example",
                "a@b.example\nc@d.example",
                "a@b.example>\r\nRCPT TO:<c@d.example",
                "a\r@b.example",
                "\"a\r\n\"@b.example",
                "a@b.example\u0000",
                "a@b.example\u2028x",
                "a b@c.example",
                "<a@b.example>"
            })
    void noAddressHasALineBreakInIt(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @Test
    void whatStandsInTheDatabaseAllTheSameReachesNoHeaderAndNoCommand(@Autowired ApplicationContext application) {
        SendingHarness harness = new SendingHarness(application);
        TenantId acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        List<Long> people = harness.customers(acme, 20, "acme");
        harness.customers(globex, 3, "globex");
        harness.jdbc
                .sql("UPDATE customer SET email = ? WHERE tenant_id = ? AND id = ?")
                .params(COMMAND, acme.value(), people.get(1))
                .update();
        SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer() {
            @Override
            Composed compose(Recipient recipient) {
                boolean evil = recipient.email().startsWith("c2@acme");
                return new Composed.Message(
                        evil ? "Hello\r\nBcc: victim@else.example" : "Hello", "<p>Hi</p>", ".\r\nQUIT\r\nHi");
            }
        };
        RunId run = harness.released(acme, composer);
        RunId other = harness.released(globex, composer);
        try (ScriptedSmtp smtp = new ScriptedSmtp()) {
            DeliveryEngine engine = harness.engine(SendingHarness.quick(), smtp, composer);
            engine.start();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> harness.progress(acme, run).state() == RunState.DONE
                            && harness.progress(globex, other).state() == RunState.DONE);
            engine.stop();
            RunProgress progress = harness.progress(acme, run);
            assertThat(progress.sent()).isEqualTo(18);
            assertThat(progress.failed()).isEqualTo(2);
            assertThat(harness.progress(globex, other).sent()).isEqualTo(3);
            assertThat(smtp.received()).hasSize(21).allSatisfy(mail -> {
                assertThat(mail.to()).doesNotContain("victim");
                String head = mail.content().substring(0, mail.content().indexOf("\r\n\r\n"));
                assertThat(head).doesNotContain("Bcc").doesNotContain("victim");
                assertThat(mail.content()).endsWith("--\r\n"); // the text's dot ended nothing
            });
            assertThat(TestTenants.asOwner(
                            acme,
                            () -> harness.outbox
                                    .outcomes(run, MessageState.FAILED, null, PageRequest.of(0, 5))
                                    .getContent()))
                    .hasSize(2)
                    .allSatisfy(outcome -> assertThat(outcome.detail()).contains("line break"));
        }
    }
}
