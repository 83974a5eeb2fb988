package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.Membership;
import io.perennial.accounts.Operator;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.delivery.pace.InstallationProperties;
import io.perennial.delivery.pace.OperatorQueue;
import io.perennial.delivery.pace.SendingLock;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestTenants;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.transaction.PlatformTransactionManager;

/** A restored backup sends nothing until an operator says so. */
@IntegrationTest
class SendingLockTest {

    @Autowired
    TestTenants tenants;

    @Autowired
    OperatorQueue operator;

    @Autowired
    PlatformTransactionManager transactions;

    @TempDir
    Path disk;

    private SendingHarness harness;
    private TenantId acme;
    private TenantId globex;
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer();

    @BeforeEach
    void prepare(@Autowired ApplicationContext application) {
        harness = new SendingHarness(application);
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        asOperator(() -> {
            operator.openLock(false);
            return true;
        });
    }

    @AfterEach
    void unlock() {
        smtp.close();
        asOperator(() -> {
            operator.openLock(false);
            return true;
        });
    }

    private SendingLock node(String file) {
        return new SendingLock(
                harness.jdbc,
                transactions,
                new InstallationProperties(true, disk.resolve(file).toString(), Duration.ofHours(1)),
                false);
    }

    private record Backup(String identity, @Nullable String accepts, long epoch, LocalDateTime seenAt) {}

    private Backup backup() {
        return harness.jdbc
                .sql("SELECT identity, accepts, epoch, seen_at FROM installation WHERE id = 1")
                .query((rs, n) -> new Backup(
                        rs.getString(1), rs.getString(2), rs.getLong(3), rs.getObject(4, LocalDateTime.class)))
                .single();
    }

    private void restore(Backup backup) {
        harness.jdbc
                .sql("UPDATE installation SET identity = ?, accepts = ?, epoch = ?, seen_at = ?, lock_reason = NULL "
                        + "WHERE id = 1")
                .param(backup.identity())
                .param(backup.accepts())
                .param(backup.epoch())
                .param(backup.seenAt())
                .update();
    }

    private static <T> T asOperator(Supplier<T> work) {
        Membership membership = new Membership(1, "Anybody", Role.ANALYST);
        StaffPrincipal person =
                new StaffPrincipal(9, "op@perennial.example", "Op", null, List.of(membership), membership);
        return io.perennial.accounts.ActingAs.with(
                new UsernamePasswordAuthenticationToken(
                        person, null, List.of(new SimpleGrantedAuthority(Operator.AUTHORITY))),
                new TenantId(1),
                work);
    }

    @Test
    void aNodeNoticesThatItsDatabaseIsOlderThanItWasAndNoNodeSendsUntilUnlocked() {
        assertThat(node("a").isLocked()).isFalse();
        Backup lastNight = backup();
        assertThat(node("a").isLocked()).as("life goes on").isFalse();

        restore(lastNight);
        harness.customers(acme, 3, "acme");
        harness.customers(globex, 3, "globex");
        RunId underWay = harness.released(acme, composer);
        SendingLock restarted = node("a");
        assertThat(restarted.reason()).hasValueSatisfying(why -> assertThat(why).contains("backup was restored"));
        assertThat(node("a").isLocked()).as("another start changes nothing").isTrue();

        // Any other node obeys too, though it kept no memory of its own.
        await().atMost(Duration.ofMinutes(2)).until(() -> harness.pacing.lock().isLocked());
        RunId ofAnother = harness.released(globex, composer);
        DeliveryEngine engine = harness.engine(SendingHarness.quick(), smtp, composer);
        engine.start();
        try {
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> smtp.received().isEmpty());
            assertThat(harness.progress(acme, underWay).waiting()).isEqualTo(3);
            assertThat(TestTenants.asOwner(acme, () -> harness.outlook.held()))
                    .hasValueSatisfying(why -> assertThat(why).contains("backup"));
            assertThat(asOperator(() -> operator.lock().closed())).isTrue();

            asOperator(() -> {
                operator.openLock(true);
                return true;
            });
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !harness.pacing.lock().isLocked());
            assertThat(harness.progress(acme, underWay).state())
                    .as("what was under way waits for its owner")
                    .isEqualTo(RunState.PAUSED);
            assertThat(smtp.received()).isEmpty();
            TestTenants.asOwner(acme, () -> harness.outbox.resume(underWay));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> harness.progress(acme, underWay).state() == RunState.DONE);
        } finally {
            engine.stop();
        }
        assertThat(harness.progress(globex, ofAnother).sent()).isZero();
        await("the node goes on with the new identity")
                .atMost(Duration.ofMinutes(2))
                .until(() -> !restarted.isLocked());
        assertThat(node("a").isLocked()).isFalse();

        restore(lastNight);
        assertThat(node("a").isLocked()).as("the same backup once more").isTrue();
    }

    @Test
    void aCopyOfAnotherInstallationIsLocked() {
        assertThat(node("a").isLocked()).isFalse();
        Backup copied = backup();
        restore(new Backup("00000000-0000-0000-0000-000000000000", null, 1_000_000, copied.seenAt()));
        assertThat(node("a").reason()).hasValueSatisfying(why -> assertThat(why).contains("another installation"));
    }

    @Test
    void aNewNodeJoinsALivingInstallationButNotOneThatHasBeenStillForHours() {
        assertThat(node("a").isLocked()).isFalse();
        assertThat(node("new").isLocked()).isFalse();
        Backup now = backup();
        restore(new Backup(
                now.identity(), now.accepts(), now.epoch(), now.seenAt().minusHours(9)));
        assertThat(node("unknowing").reason())
                .hasValueSatisfying(why -> assertThat(why).contains("does not know the database"));
    }

    @Test
    void whoOwnsABusinessOperatesNothing() {
        TestTenants.asOwner(acme, () -> {
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> operator.openLock(false));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> operator.runs());
            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> operator.pauseBusiness(globex, "because"));
            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> operator.grant(acme, 100, null, null));
        });
        assertThatExceptionOfType(AccessDeniedException.class)
                .as("background work neither")
                .isThrownBy(() -> io.perennial.accounts.ActingAs.system(acme, () -> operator.runs()));
    }

    @Test
    void aBusinessPausedByTheOperatorSendsNothingAndIsToldWhyWhileOthersGoOn() {
        harness.customers(acme, 3, "acme");
        harness.customers(globex, 3, "globex");
        asOperator(() -> {
            operator.pauseBusiness(acme, "Too many complaints, please call us");
            return true;
        });
        RunId held = harness.released(acme, composer);
        RunId free = harness.released(globex, composer);
        DeliveryEngine engine = harness.engine(SendingHarness.quick(), smtp, composer);
        engine.start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> harness.progress(globex, free).state() == RunState.DONE);
            assertThat(harness.progress(acme, held).waiting()).isEqualTo(3);
            assertThat(TestTenants.asOwner(acme, () -> harness.outlook.held()))
                    .hasValue("Too many complaints, please call us");
            assertThat(TestTenants.asOwner(globex, () -> harness.outlook.held()))
                    .isEmpty();
            // The page lists the oldest two hundred, and other tests leave runs of their own.
            harness.jdbc
                    .sql("UPDATE delivery_run SET released_at = '2001-01-01' WHERE tenant_id = ? AND id = ?")
                    .params(acme.value(), held.value())
                    .update();
            assertThat(asOperator(() -> operator.runs()))
                    .anySatisfy(run -> assertThat(run.id()).isEqualTo(held));
            asOperator(() -> {
                operator.resumeBusiness(acme);
                return true;
            });
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> harness.progress(acme, held).state() == RunState.DONE);
        } finally {
            engine.stop();
        }
    }

    @Test
    void aBusinessThatIsStoppedIsNotToldAsSendingToTheOperator() {
        harness.jdbc
                .sql("UPDATE business SET suspended_at = UTC_TIMESTAMP(6), suspended_reason = 'Because' WHERE id = ?")
                .param(acme.value())
                .update();
        List<OperatorQueue.Grant> grants = asOperator(() -> operator.grants());
        assertThat(grants)
                .filteredOn(grant -> grant.tenant().equals(acme))
                .singleElement()
                .satisfies(grant -> assertThat(grant.stopped()).isTrue());
        assertThat(grants)
                .filteredOn(grant -> grant.tenant().equals(globex))
                .singleElement()
                .satisfies(grant -> assertThat(grant.stopped()).isFalse());
    }

    @Test
    void aPausedServerIsLeftAloneAndEachNodeTellsHowItFindsIt() {
        harness.customers(acme, 3, "acme");
        String server = "127.0.0.1:" + smtp.port();
        asOperator(() -> {
            operator.pauseServer(server, "Moves house");
            return true;
        });
        RunId run = harness.released(acme, composer);
        DeliveryEngine engine = harness.engine(SendingHarness.quick(), smtp, composer);
        engine.start();
        try {
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> smtp.received().isEmpty());
            asOperator(() -> {
                operator.resumeServer(server);
                return true;
            });
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> harness.progress(acme, run).state() == RunState.DONE);
            assertThat(asOperator(() -> operator.servers()))
                    .filteredOn(known -> known.key().equals(server))
                    .singleElement()
                    .satisfies(known -> {
                        assertThat(known.nodesReaching()).isEqualTo(1);
                        assertThat(known.nodesFailing()).isZero();
                    });
        } finally {
            engine.stop();
        }
    }
}
