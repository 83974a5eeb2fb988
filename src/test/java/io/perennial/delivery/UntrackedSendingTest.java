package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.customers.Evidence;
import io.perennial.customers.TrackingChoices;
import io.perennial.kernel.CustomerId;
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

/** What travels where a business or a person is not to be tracked, and where mails come back to. */
@IntegrationTest
class UntrackedSendingTest {

    @Autowired
    TestTenants tenants;

    @Autowired
    TrackingChoices choices;

    @Autowired
    TrackingSettings settings;

    private final SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer();
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private SendingHarness harness;
    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void prepare(@Autowired ApplicationContext application) {
        harness = new SendingHarness(application);
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @AfterEach
    void close() {
        smtp.close();
    }

    private void send(TenantId tenant) {
        RunId run = harness.released(tenant, composer);
        DeliveryEngine engine = harness.engine(SendingHarness.quick(), smtp, composer);
        engine.start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> harness.progress(tenant, run).state() == RunState.DONE);
        } finally {
            engine.stop();
        }
    }

    /** Soft line breaks undone. */
    private String contentTo(String address) {
        return smtp.receivedBy(address)
                .getFirst()
                .content()
                .replaceAll("=\\r?\\n", "")
                .replace("=3D", "=");
    }

    @Test
    void whoDoesNotWantItGetsNeitherPixelNorChangedLinks() {
        long declined = harness.customers(acme, 2, "acme").getFirst();
        harness.customers(globex, 1, "globex");
        TestTenants.asOwner(acme, () -> choices.change(new CustomerId(declined), false, Evidence.of("staff: Ada")));
        send(acme);
        assertThat(contentTo("c0@acme.example"))
                .contains("https://shop.example/a?x=1", "/p/u/")
                .doesNotContain("/p/o/", "/p/c/");
        assertThat(contentTo("c1@acme.example")).contains("/p/o/", "/p/c/").doesNotContain("shop.example/a");
        send(globex);
        assertThat(contentTo("c0@globex.example")).contains("/p/o/", "/p/c/");
    }

    @Test
    void aBusinessMayDoWithoutOpensOrClicks() {
        harness.customers(acme, 1, "acme");
        TestTenants.asOwner(acme, () -> settings.change(false, true, "bounces.acme.example", "Ada"));
        send(acme);
        assertThat(contentTo("c0@acme.example")).contains("/p/c/").doesNotContain("/p/o/");
        ScriptedSmtp.Received mail = smtp.receivedBy("c0@acme.example").getFirst();
        assertThat(mail.from()).matches("b-[a-z2-7]{31,36}@bounces\\.acme\\.example");
        assertThat(mail.messageId())
                .contains(mail.from().substring(2, mail.from().indexOf('@')));
    }
}
