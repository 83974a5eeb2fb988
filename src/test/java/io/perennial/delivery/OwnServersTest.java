package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Role;
import io.perennial.delivery.sender.Encryption;
import io.perennial.delivery.sender.OwnServers;
import io.perennial.delivery.sender.SenderProperties;
import io.perennial.delivery.sender.SenderServer;
import io.perennial.delivery.sender.SenderServer.Draft;
import io.perennial.delivery.sender.SenderServers;
import io.perennial.delivery.sender.ServerProbe.Problem;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.ScriptedSmtp.Step;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;

/** Each business sends over its own mail server, and none is held up by another's. */
@IntegrationTest
class OwnServersTest {

    @Autowired
    io.perennial.outside.OutsideHosts hosts;

    @Autowired
    ApplicationContext application;

    @Autowired
    TestTenants tenants;

    @Autowired
    SenderServers senders;

    @Autowired
    OwnServers own;

    @Autowired
    SmtpServer installation;

    @Autowired
    Mailer mailer;

    @Autowired
    JdbcClient jdbc;

    private final ScriptedSmtp first = new ScriptedSmtp();
    private final ScriptedSmtp second = new ScriptedSmtp();
    private SendingHarness harness;
    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void businesses() {
        harness = new SendingHarness(application);
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private static Draft draft(int port, @Nullable String username, @Nullable String password) {
        return new Draft("127.0.0.1", port, Encryption.NONE, username, password);
    }

    private void save(TenantId tenant, Draft draft) {
        TestTenants.asOwner(tenant, () -> senders.save(draft));
    }

    private SenderServer of(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> senders.current().orElseThrow());
    }

    private MailServers servers(DeliveryProperties properties) {
        return new TenantMailServers(installation, own, properties, new SenderProperties(true, null), hosts);
    }

    @Test
    void aDeadServerOfOneBusinessDoesNotHoldUpAnother() {
        first.script((step, exchange) -> step == Step.CONNECT ? ScriptedSmtp.DROP : null);
        save(acme, draft(first.port(), null, null));
        save(globex, draft(second.port(), null, null));
        harness.customers(acme, 20, "own-a");
        harness.customers(globex, 60, "own-b");
        var composer = new SendingHarness.PlainComposer();
        DeliveryProperties properties = SendingHarness.quick();
        DeliveryEngine engine = harness.engine(properties, servers(properties), composer);
        RunId stuck = harness.released(acme, composer);
        RunId going = harness.released(globex, composer);
        engine.start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> harness.progress(globex, going).sent() == 60);
            assertThat(harness.progress(acme, stuck).sent()).isZero();
            assertThat(harness.progress(acme, stuck).failed()).isZero();
            assertThat(second.received()).hasSize(60).allMatch(mail -> mail.to().endsWith("@own-b.example"));
            // Set right while it waits: noticed without a restart.
            save(acme, draft(second.port(), null, null));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> harness.progress(acme, stuck).sent() == 20);
            assertThat(second.received()).hasSize(80);
        } finally {
            engine.stop();
        }
    }

    @Test
    void singleMailsTakeTheSameWayAndTheInstallationsServerIsThereForTheOthers() {
        save(acme, draft(first.port(), null, null));
        EmailAddress to = new EmailAddress("own-" + acme + "@example.com");
        EmailAddress from = new EmailAddress("shop@roast.example");
        var mail = new Mailer.Mail("Shop", from, null, to, "Hello", "<p>Hi</p>", "Hi");
        TestTenants.asOwner(acme, () -> mailer.send(mail));
        assertThat(first.receivedBy(to.value())).hasSize(1);
        assertThat(TestMail.receivedBy(to.value())).isEmpty();
        TestTenants.asOwner(globex, () -> mailer.send(mail));
        assertThat(TestMail.receivedBy(to.value())).hasSize(1);
    }

    @Test
    void goingBackToTheInstallationsServerAndForthNeedsNoPassword() {
        save(acme, draft(first.port(), "ada", "swordfish"));
        MailServers servers = servers(SendingHarness.quick());
        assertThat(servers.of(acme).name()).isEqualTo("127.0.0.1:" + first.port());
        assertThat(servers.of(globex)).isSameAs(installation);
        TestTenants.asOwner(acme, () -> senders.use(false));
        assertThat(servers(SendingHarness.quick()).of(acme)).isSameAs(installation);
        TestTenants.asOwner(acme, () -> senders.use(true));
        assertThat(own.access(acme).password()).isEqualTo("swordfish");
        TestTenants.asOwner(acme, () -> senders.forget());
        assertThat(own.access(acme)).isNull();
        assertThat(of(acme).withPassword()).isFalse();
    }

    @Test
    void thePasswordIsKeptEncryptedAndNeverShown() {
        save(acme, draft(first.port(), "ada", "swordfish"));
        byte[] stored = jdbc.sql("SELECT secret FROM sender_server WHERE tenant_id = ?")
                .param(acme.value())
                .query((rs, row) -> rs.getBytes(1))
                .single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("swordfish");
        assertThat(of(acme).toString()).doesNotContain("swordfish");
        assertThat(draft(1, "ada", "swordfish").toString()).doesNotContain("swordfish");
        assertThat(own.access(acme).toString()).doesNotContain("swordfish");
        assertThat(TestTenants.asOwner(globex, () -> senders.current())).isEmpty();
        assertThat(own.access(globex)).isNull();
        // Copied to another business's row, it is of no use there.
        save(globex, draft(first.port(), "eve", "own"));
        jdbc.sql("UPDATE sender_server SET secret = ?, revision = revision + 1 WHERE tenant_id = ?")
                .params(stored, globex.value())
                .update();
        MailServer broken = servers(SendingHarness.quick()).of(globex);
        assertThat(broken.configured()).isTrue();
        assertThatExceptionOfType(Mailer.MailNotSent.class)
                .isThrownBy(() -> TestTenants.asOwner(
                        globex,
                        () -> new DirectMailer(tenant -> broken, (tenant, domain) -> null, tenant -> true)
                                .send(new Mailer.Mail(
                                        "S",
                                        new EmailAddress("a@b.example"),
                                        null,
                                        new EmailAddress("a@b.example"),
                                        "s",
                                        "h",
                                        "t"))))
                .withMessageContaining("belongs elsewhere");
    }

    @Test
    void aKeptPasswordDoesNotFollowToAnotherHostOrUser() {
        save(acme, draft(first.port(), "ada", "swordfish"));
        save(acme, draft(second.port(), "ada", null)); // another port of the same host is the same server
        assertThat(own.access(acme).password()).isEqualTo("swordfish");
        Draft elsewhere = new Draft("localhost", second.port(), Encryption.NONE, "ada", null);
        TestTenants.asOwner(acme, () -> {
            assertThatExceptionOfType(SenderServers.Refused.class)
                    .isThrownBy(() -> senders.save(elsewhere))
                    .withMessage("password_anew");
            assertThatExceptionOfType(SenderServers.Refused.class).isThrownBy(() -> senders.test(elsewhere));
            assertThatExceptionOfType(SenderServers.Refused.class)
                    .isThrownBy(() -> senders.save(draft(second.port(), "eve", null)));
        });
        assertThat(second.count(Step.AUTH)).isZero();
    }

    @Test
    void badSettingsAreRefused() {
        TestTenants.asOwner(acme, () -> {
            for (Draft bad : new Draft[] {
                new Draft("", 25, Encryption.NONE, null, null),
                new Draft("mail.example/x", 25, Encryption.NONE, null, null),
                new Draft("mail example", 25, Encryption.NONE, null, null),
                new Draft("mail.example\r\nQUIT", 25, Encryption.NONE, null, null),
                draft(0, null, null),
                draft(65536, null, null),
                draft(25, "ada\r\nQUIT", "x"),
                draft(25, "ada", null)
            }) {
                assertThatExceptionOfType(SenderServers.Refused.class)
                        .as(bad.toString())
                        .isThrownBy(() -> senders.save(bad));
            }
            assertThat(senders.current()).isEmpty();
        });
    }

    @Test
    void aTestOfTheKeptSettingsIsRememberedAndAChangeForgetsIt() {
        save(acme, draft(first.port(), "ada", "swordfish"));
        assertThat(of(acme).finding()).isNull();
        TestTenants.asOwner(acme, () -> senders.test(draft(first.port(), "ada", null)));
        assertThat(of(acme).finding().problem()).isEqualTo(Problem.NONE);
        assertThat(of(acme).tested()).isNotNull();
        assertThat(first.received()).isEmpty();
        save(acme, draft(second.port(), "ada", null));
        assertThat(of(acme).finding()).isNull();
    }

    @Test
    void whoMayOnlyLookChangesAndTestsNothing() {
        save(acme, draft(first.port(), null, null));
        TestTenants.as(acme, Role.MARKETER, () -> {
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> senders.save(draft(1, null, null)));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> senders.use(false));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> senders.forget());
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> senders.test(draft(1, null, null)));
        });
        assertThat(of(acme).port()).isEqualTo(first.port());
    }
}
