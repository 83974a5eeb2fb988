package io.perennial.delivery.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.perennial.accounts.ActingAs;
import io.perennial.customers.ConsentService;
import io.perennial.customers.ConsentStatus;
import io.perennial.customers.Suppression;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.delivery.SentMails;
import io.perennial.delivery.SentMails.Sent;
import io.perennial.delivery.returns.Intake.Outcome;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@IntegrationTest
class IntakeTest {

    @Autowired
    Intake intake;

    @Autowired
    RefusedWhileSending refusals;

    @Autowired
    Suppressions suppressions;

    @Autowired
    ConsentService consent;

    @Autowired
    TestTenants tenants;

    private SentMails mails;
    private TenantId acme;
    private Sent sent;
    /** To a customer of another business who has the same address. */
    private Sent elsewhere;

    @BeforeEach
    void prepare(@Autowired ApplicationContext application) {
        mails = new SentMails(application);
        acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        sent = mails.run(acme, 1).getFirst();
        elsewhere = mails.run(globex, 1).getFirst();
        mails.jdbc()
                .sql("UPDATE customer SET email = ? WHERE tenant_id = ?")
                .params(sent.email(), globex.value())
                .update();
        mails.jdbc()
                .sql("UPDATE message SET email = ? WHERE tenant_id = ?")
                .params(sent.email(), globex.value())
                .update();
    }

    private Outcome take(String sample, Sent about) {
        return intake.take(ReturnSamples.filled(sample, mails.values(about)), List.of(), ReturnSource.MAILBOX);
    }

    private Optional<Suppression> suppression(Sent of) {
        return TestTenants.asOwner(of.tenant(), () -> suppressions.find(new EmailAddress(of.email())));
    }

    private void assertUntouchedElsewhere() {
        assertThat(suppression(elsewhere)).isEmpty();
        assertThat(mails.progress(elsewhere).bounced()).isZero();
        assertThat(mails.progress(elsewhere).complained()).isZero();
    }

    private List<String> quarantine(long tenant) {
        return mails.jdbc()
                .sql("SELECT reason FROM quarantined_mail WHERE tenant_id = ? ORDER BY id")
                .param(tenant)
                .query(String.class)
                .list();
    }

    @Test
    void whoDoesNotExistIsSuppressedWithTheServersWords() {
        assertThat(take("postfix-unknown", sent)).isEqualTo(Outcome.COUNTED);
        Suppression found = suppression(sent).orElseThrow();
        assertThat(found.reason()).isEqualTo(SuppressionReason.BOUNCED);
        assertThat(found.evidence()).contains("550 5.1.1", "User unknown", "mail.example.org", "mail “Test”");
        assertThat(mails.progress(sent).bounced()).isEqualTo(1);
        assertUntouchedElsewhere();
    }

    @Test
    void theSameIsCountedOnceHoweverOftenItComes() {
        Counter hard = Metrics.globalRegistry
                .get("perennial.mails.returned")
                .tag("kind", "hard")
                .counter();
        double before = hard.count();
        assertThat(take("postfix-unknown", sent)).isEqualTo(Outcome.COUNTED);
        assertThat(take("postfix-unknown", sent)).isEqualTo(Outcome.REPEATED);
        assertThat(take("exim", sent)).isEqualTo(Outcome.REPEATED);
        assertThat(hard.count() - before).isEqualTo(1);
        assertThat(take("gmail-full", sent)).isEqualTo(Outcome.COUNTED); // another kind, the same mail
        assertThat(mails.progress(sent).bounced()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gmail-unauthenticated", "exchange-restricted", "postfix-too-big", "yahoo-policy"})
    void whatIsOurFaultIsShownOnTheRunAndTheCustomerIsMailedOn(String sample) {
        assertThat(take(sample, sent)).isEqualTo(Outcome.COUNTED);
        assertThat(suppression(sent)).isEmpty();
        assertThat(mails.progress(sent).bounced()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-of-office", "out-of-office-plain", "arf-not-spam"})
    void answersOfMachinesAreIgnored(String sample) {
        assertThat(take(sample, sent)).isEqualTo(Outcome.IGNORED);
        assertThat(mails.progress(sent).bounced()).isZero();
        assertThat(quarantine(acme.value())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postfix-delayed", "exim-warning", "postfix-success", "sendmail-relayed"})
    void whatIsOnItsWayOrThereIsNoBounce(String sample) {
        assertThat(take(sample, sent)).isEqualTo(Outcome.COUNTED);
        assertThat(mails.progress(sent).bounced()).isZero();
        assertThat(suppression(sent)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"arf-yahoo", "arf-redacted", "arf-link-only"})
    void aComplaintEndsAllMailsOfThisBusinessOnly(String sample) {
        assertThat(take(sample, sent)).isEqualTo(Outcome.COUNTED);
        assertThat(take(sample, sent)).isEqualTo(Outcome.REPEATED);
        assertThat(suppression(sent).orElseThrow().reason()).isEqualTo(SuppressionReason.COMPLAINED);
        assertThat(mails.progress(sent).complained()).isEqualTo(1);
        TestTenants.asOwner(
                acme,
                () -> assertThat(consent.preferences(sent.customer()))
                        .isNotEmpty()
                        .allMatch(state -> state.status() == ConsentStatus.WITHDRAWN));
        assertUntouchedElsewhere();
    }

    @Test
    void passingFailuresSuppressOnlyWhenTheyDoNotPass() {
        for (int i = 0; i < 4; i++) {
            assertThat(take("gmail-full", i == 0 ? sent : mails.again(acme).getFirst()))
                    .isEqualTo(Outcome.COUNTED);
            assertThat(suppression(sent)).isEmpty();
        }
        take("gmail-full", mails.again(acme).getFirst());
        assertThat(suppression(sent).orElseThrow().evidence()).contains("5 mails in a row", "out of storage space");
    }

    @Test
    void aMailThatGotThroughBeginsTheCountAnew() {
        for (int i = 0; i < 4; i++) {
            take("gmail-full", i == 0 ? sent : mails.again(acme).getFirst());
        }
        take("postfix-success", mails.again(acme).getFirst());
        for (int i = 0; i < 4; i++) {
            take("gmail-full", mails.again(acme).getFirst());
        }
        assertThat(suppression(sent)).isEmpty();
    }

    @Test
    void mailsRefusedWhileTheyWereSentCountAsWell() {
        for (int i = 0; i < 5; i++) {
            Sent refused = i == 0 ? sent : mails.again(acme).getFirst();
            mails.jdbc()
                    .sql("UPDATE message SET state = 'FAILED', sent_at = NULL, detail = '552 5.2.2 Mailbox full' "
                            + "WHERE tenant_id = ? AND id = ?")
                    .params(acme.value(), refused.message())
                    .update();
            assertThat(suppression(sent)).isEmpty();
            for (int again = 0; again < 2; again++) {
                ActingAs.system(acme, () -> refusals.read(refused.run().value()));
            }
        }
        assertThat(suppression(sent).orElseThrow().evidence()).contains("5 mails in a row", "552 5.2.2 Mailbox full");
        assertUntouchedElsewhere();
    }

    @Test
    void aForgedSignatureChangesNothing() {
        Map<String, String> forged = new HashMap<>(mails.values(sent));
        forged.replaceAll(
                (name, value) -> value.startsWith("b-") ? "b-" + flipped(value.substring(2)) : flipped(value));
        for (String sample : List.of("postfix-unknown", "exim", "arf-yahoo", "arf-redacted", "arf-link-only")) {
            Outcome outcome = intake.take(ReturnSamples.filled(sample, forged), List.of(), ReturnSource.MAILBOX);
            assertThat(outcome).isIn(Outcome.FORGED, Outcome.QUARANTINED);
        }
        assertThat(suppression(sent)).isEmpty();
        assertThat(mails.progress(sent).bounced()).isZero();
        assertThat(mails.progress(sent).complained()).isZero();
        assertThat(quarantine(acme.value())).isEmpty();
    }

    private static String flipped(String token) {
        return (token.charAt(0) == 'c' ? 'd' : 'c') + token.substring(1);
    }

    @Test
    void twoHundredAtOnceDoubledAndMixedWithGarbageAreEachCountedOnce() throws Exception {
        TenantId busy = tenants.fresh("Busy");
        List<Sent> run = mails.run(busy, 200);
        List<byte[]> arriving = new ArrayList<>();
        List<String> kinds = List.of("postfix-unknown", "exim", "qmail", "outlook-no-such-user");
        for (int i = 0; i < run.size(); i++) {
            byte[] mail = ReturnSamples.filled(kinds.get(i % kinds.size()), mails.values(run.get(i)));
            arriving.add(mail);
            arriving.add(mail.clone());
            if (i % 4 == 0) {
                arriving.add(("Content-Type: message/rfc822\r\nX: " + i + "\r\n\r\n")
                        .repeat(40)
                        .concat(mails.verp(run.get(i)))
                        .getBytes(StandardCharsets.US_ASCII));
            }
        }
        Collections.shuffle(arriving, new Random(5));
        Map<Outcome, Integer> outcomes = new HashMap<>();
        try (ExecutorService servers = Executors.newFixedThreadPool(8)) {
            List<Future<Outcome>> futures = new ArrayList<>();
            for (byte[] mail : arriving) {
                futures.add(servers.submit(() -> intake.take(mail, List.of(), ReturnSource.SMTP)));
            }
            for (Future<Outcome> future : futures) {
                outcomes.merge(future.get(), 1, Integer::sum);
            }
        }
        assertThat(outcomes)
                .containsOnly(
                        Map.entry(Outcome.COUNTED, 200),
                        Map.entry(Outcome.REPEATED, 200),
                        Map.entry(Outcome.QUARANTINED, 50));
        assertThat(mails.progress(run.getFirst()).bounced()).isEqualTo(200);
        assertThat(mails.jdbc()
                        .sql("SELECT COUNT(*) FROM suppression WHERE tenant_id = ? AND reason = 'BOUNCED'")
                        .param(busy.value())
                        .query(Long.class)
                        .single())
                .isEqualTo(200);
    }

    @Test
    void whatCannotBeReadIsKeptWithTheReasonAndOnce() {
        byte[] bad = ("Content-Type: message/rfc822\r\n\r\n".repeat(40) + System.nanoTime())
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 3; i++) {
            assertThat(intake.take(bad, List.of(mails.verp(sent)), ReturnSource.SMTP))
                    .isEqualTo(Outcome.QUARANTINED);
        }
        assertThat(mails.jdbc()
                        .sql("SELECT CONCAT(reason, ' ', detail, ' ', times) FROM quarantined_mail WHERE tenant_id = ?")
                        .param(acme.value())
                        .query(String.class)
                        .list())
                .containsExactly("MALFORMED Nested more than 12 deep 3");
    }

    @Test
    void aMailThatCannotBeFetchedIsKeptAsThat() {
        long before = quarantine(Quarantine.NOBODY).size();
        intake.unfetchable("NO [SERVERBUG] cannot read " + System.nanoTime(), 17);
        assertThat(quarantine(Quarantine.NOBODY)).hasSize((int) before + 1);
    }

    @Test
    void whatAPersonWritesIsKeptForTheBusinessToSee() {
        assertThat(take("a-person-answers", sent)).isEqualTo(Outcome.QUARANTINED);
        assertThat(quarantine(acme.value())).containsExactly("NO_REPORT");
        assertThat(quarantine(elsewhere.tenant().value())).isEmpty();
    }

    @Test
    void aBounceAboutSomebodyErasedIsNoFault() {
        mails.jdbc()
                .sql("DELETE FROM customer WHERE tenant_id = ? AND id = ?")
                .params(acme.value(), sent.customer().value())
                .update();
        assertThat(take("arf-yahoo", sent)).isEqualTo(Outcome.COUNTED);
        assertThat(mails.progress(sent).complained()).isEqualTo(1);
    }
}
