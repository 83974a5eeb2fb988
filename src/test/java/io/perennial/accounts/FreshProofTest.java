package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.signin.AgedSession;
import io.perennial.accounts.signin.AuthenticatorApp;
import io.perennial.accounts.signin.Enrolment;
import io.perennial.accounts.signin.Proofs;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.customers.CustomerQuery;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.Erasures;
import io.perennial.customers.PersonExport;
import io.perennial.customers.bulk.BulkJobs;
import io.perennial.customers.exports.ExportFormat;
import io.perennial.customers.exports.ExportKind;
import io.perennial.customers.exports.Exports;
import io.perennial.delivery.sender.SenderDomain;
import io.perennial.delivery.sender.SenderServers;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/** What is asked for again before secrets, whole lists and what cannot be undone. The services ask, not only pages. */
@IntegrationTest
class FreshProofTest {

    private static final String PASSWORD = "three calm words";

    @Autowired
    StaffAccounts accounts;

    @Autowired
    Proofs proofs;

    @Autowired
    SecondFactors factors;

    @Autowired
    Exports exports;

    @Autowired
    Erasures erasures;

    @Autowired
    PersonExport personExport;

    @Autowired
    BulkJobs bulk;

    @Autowired
    SenderServers servers;

    @Autowired
    SenderDomain domain;

    @Autowired
    AuditTrail audit;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    StaffPrincipal ada;

    @BeforeEach
    void adaOfAcme() {
        acme = tenants.fresh("Acme");
        EmailAddress email = new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
        accounts.addMember(acme, accounts.ensureAccount(email, "Ada", PASSWORD), Role.OWNER);
        ada = accounts.loadUserByUsername(email.value());
    }

    @Test
    void everyServiceThatHandsOutOrDestroysAsks() {
        CustomerSelection all = CustomerSelection.of(CustomerQuery.ALL);
        Map<String, Runnable> deeds = Map.ofEntries(
                Map.entry(
                        "customers",
                        () -> exports.customers(all, List.of(), ExportFormat.CSV, new ByteArrayOutputStream())),
                Map.entry(
                        "orders", () -> exports.list(ExportKind.ORDERS, ExportFormat.CSV, new ByteArrayOutputStream())),
                Map.entry("a person's data", () -> personExport.json(new CustomerId(1))),
                Map.entry("a person's page", () -> personExport.page(new CustomerId(1))),
                Map.entry("erasing one", () -> erasures.erase(new CustomerId(1), "x")),
                Map.entry("erasing many", () -> bulk.erase(all, 0)),
                Map.entry("forgetting the mail server", servers::forget),
                Map.entry("DKIM keys", domain::makeKeys),
                Map.entry("removing a key", () -> domain.remove(1)),
                Map.entry("the audit log", () -> audit.export(AuditQuery.all(), entry -> {})),
                Map.entry("recovery codes", factors::newCodes),
                Map.entry("the second factor", factors::remove),
                Map.entry("what all must show", () -> factors.requireHere(true)));
        deeds.forEach((name, deed) -> {
            as(
                    AgedSession.of(Duration.ofMinutes(11)),
                    () -> assertThatExceptionOfType(FreshProof.Needed.class)
                            .as(name)
                            .isThrownBy(deed::run));
            as(AgedSession.of(Duration.ofMinutes(9)), () -> {
                try {
                    deed.run();
                } catch (FreshProof.Needed needed) {
                    throw new AssertionError(name, needed);
                } catch (RuntimeException other) {
                    // There is no such customer, key or server: it was let through.
                }
            });
        });
    }

    @Test
    void thePasswordMakesItFreshAndAnotherOneDoesNot() {
        SignInDetails old = AgedSession.of(Duration.ofHours(2));
        as(old, () -> {
            assertThat(proofs.prove("not this one", "10.0.0.1")).isFalse();
            assertThatExceptionOfType(FreshProof.Needed.class).isThrownBy(FreshProof::require);
            assertThat(proofs.prove(PASSWORD, "10.0.0.1")).isTrue();
            assertThatCode(FreshProof::require).doesNotThrowAnyException();
        });
    }

    @Test
    void whoHasASecondFactorShowsThatAndThePasswordIsNotEnough() {
        Enrolment enrolment = factors.begin(ada);
        AuthenticatorApp app = new AuthenticatorApp(enrolment.secret());
        factors.confirm(ada, enrolment, app.code());
        as(AgedSession.of(Duration.ofHours(2)), () -> {
            assertThat(proofs.isByCode()).isTrue();
            assertThat(proofs.prove(PASSWORD, "10.0.0.1")).isFalse();
            assertThatExceptionOfType(FreshProof.Needed.class).isThrownBy(FreshProof::require);
            assertThat(proofs.prove(app.code(), "10.0.0.1")).isTrue();
            FreshProof.require();
        });
    }

    @Test
    void guessingIsSlowedDown() {
        as(AgedSession.of(Duration.ofHours(2)), () -> {
            for (int i = 0; i < 5; i++) {
                assertThat(proofs.begin("10.0.0.1")).isZero();
            }
            assertThat(proofs.begin("10.0.0.1")).isPositive();
        });
    }

    @Test
    void aSessionThatDoesNotSayHowItBeganHasNoProofAndBackgroundWorkNeedsNone() {
        ActingAs.with(new UsernamePasswordAuthenticationToken(ada, null, ada.getAuthorities()), acme, () -> {
            assertThatExceptionOfType(FreshProof.Needed.class).isThrownBy(FreshProof::require);
            return true;
        });
        ActingAs.system(acme, FreshProof::require);
    }

    @Test
    void workBegunWithAFreshProofGoesOnAndWorkBegunWithoutDoesNot() {
        var fresh = new UsernamePasswordAuthenticationToken(ada, null, ada.getAuthorities());
        fresh.setDetails(AgedSession.of(Duration.ofMinutes(9)));
        var held = (SignInDetails) FreshProof.heldBy(fresh).getDetails();
        assertThat(Duration.between(java.time.Instant.now(), held.proven())).isGreaterThan(Duration.ofDays(6));
        var stale = new UsernamePasswordAuthenticationToken(ada, null, ada.getAuthorities());
        stale.setDetails(AgedSession.of(Duration.ofMinutes(11)));
        assertThat(FreshProof.heldBy(stale).getDetails()).isSameAs(stale.getDetails());
    }

    private void as(SignInDetails details, Runnable work) {
        var person = new UsernamePasswordAuthenticationToken(ada, null, ada.getAuthorities());
        person.setDetails(details);
        ActingAs.with(person, acme, () -> {
            work.run();
            return true;
        });
    }
}
