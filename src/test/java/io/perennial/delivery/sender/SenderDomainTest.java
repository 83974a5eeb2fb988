package io.perennial.delivery.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Role;
import io.perennial.delivery.SenderTrust;
import io.perennial.delivery.sender.DkimKey.State;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.support.TransactionTemplate;

/** A domain's keys are made, seen, switched and retired; each business has its own. */
@IntegrationTest
class SenderDomainTest {

    private static final EmailAddress SENDER = new EmailAddress("hello@shop.example");

    @Autowired
    TestTenants tenants;

    @Autowired
    Businesses businesses;

    @Autowired
    DkimStore store;

    @Autowired
    StoredSigningKeys signing;

    @Autowired
    SenderTrust trust;

    @Autowired
    SenderDomain real;

    @Autowired
    EnvelopeDomains envelopes;

    @Autowired
    SendingHosts hosts;

    @Autowired
    AuditLog audit;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    private final LocalDns dns = new LocalDns();
    private SenderDomain domain;
    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void businesses() {
        domain = new SenderDomain(
                store, signing, new SenderCheck(dns.resolver()), businesses, envelopes, hosts, audit, transaction);
        acme = sending("Acme");
        globex = sending("Globex");
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    private TenantId sending(String name) {
        TenantId tenant = tenants.fresh(name);
        TestTenants.asOwner(tenant, () -> {
            Business b = businesses.current();
            businesses.update(new Business(
                    b.id(),
                    b.name(),
                    b.country(),
                    b.locale(),
                    b.zone(),
                    b.currency(),
                    null,
                    "Shop",
                    SENDER.value(),
                    null,
                    null));
        });
        return tenant;
    }

    private List<DkimKey> keys(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> domain.keys());
    }

    private void publish(TenantId tenant) {
        keys(tenant).forEach(key -> dns.txt(key.recordName(), key.recordValue()));
    }

    private boolean signed(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> trust.isSigned(SENDER));
    }

    @Test
    void keysSignOnceTheirRecordsWereSeen() {
        TestTenants.asOwner(acme, domain::makeKeys);
        assertThat(keys(acme)).extracting(DkimKey::algorithm).containsExactly(DkimAlgorithm.RSA, DkimAlgorithm.ED25519);
        assertThat(keys(globex)).isEmpty();
        TestTenants.asOwner(acme, domain::check);
        assertThat(signing.of(acme, "shop.example")).isNull();
        assertThat(signed(acme)).isFalse();
        publish(acme);
        TestTenants.asOwner(acme, domain::check);
        assertThat(keys(acme)).allMatch(key -> key.state() == State.ACTIVE && key.isConfirmed());
        DkimKeys use = signing.of(acme, "Shop.Example.");
        assertThat(use.keys()).hasSize(2);
        assertThat(signing.of(acme, "shop.example")).isSameAs(use);
        assertThat(signing.of(acme, "other.example")).isNull();
        assertThat(signing.of(globex, "shop.example")).isNull();
        assertThat(signed(acme)).isTrue();
        assertThat(signed(globex)).isFalse();
    }

    @Test
    void aNewPairReplacesTheOldOneOnlyWhenItsRecordsAreThere() {
        TestTenants.asOwner(acme, domain::makeKeys);
        publish(acme);
        TestTenants.asOwner(acme, domain::check);
        List<DkimKey> old = keys(acme);
        TestTenants.asOwner(acme, domain::makeKeys);
        TestTenants.asOwner(acme, domain::check);
        assertThat(signing.of(acme, "shop.example").keys())
                .extracting(DkimKeys.Key::selector)
                .containsExactlyElementsOf(old.stream().map(DkimKey::selector).toList());
        publish(acme);
        ActingAs.system(acme, () -> domain.report(true)); // as the watch does
        assertThat(signing.of(acme, "shop.example").keys())
                .extracting(DkimKeys.Key::selector)
                .doesNotContainAnyElementsOf(old.stream().map(DkimKey::selector).toList());
        assertThat(keys(acme)).extracting(DkimKey::state).containsOnly(State.RETIRED, State.ACTIVE);
        assertThat(jdbc.sql("SELECT COUNT(*) FROM dkim_key WHERE tenant_id = ? AND state = 'RETIRED' "
                                + "AND private_key IS NOT NULL")
                        .param(acme.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aPersonMaySwitchOnWithoutTheRecordAndOffAgain() {
        TestTenants.asOwner(acme, domain::makeKeys);
        DkimKey rsa = keys(acme).getFirst();
        TestTenants.asOwner(globex, () -> domain.switchOn(rsa.id())); // not theirs
        assertThat(signing.of(acme, "shop.example")).isNull();
        TestTenants.asOwner(acme, () -> domain.switchOn(rsa.id()));
        assertThat(signing.of(acme, "shop.example").keys()).hasSize(1);
        assertThat(signed(acme)).isFalse(); // nobody can verify it yet
        TestTenants.asOwner(globex, () -> domain.switchOff(rsa.id()));
        assertThat(signing.of(acme, "shop.example")).isNotNull();
        TestTenants.asOwner(acme, () -> domain.switchOff(rsa.id()));
        assertThat(signing.of(acme, "shop.example")).isNull();
        TestTenants.asOwner(globex, () -> domain.remove(rsa.id()));
        assertThat(keys(acme)).hasSize(2);
        TestTenants.asOwner(acme, () -> domain.remove(rsa.id()));
        assertThat(keys(acme)).hasSize(1);
    }

    @Test
    void whoMayOnlyLookChangesNothingEvenByChecking() {
        TestTenants.asOwner(acme, domain::makeKeys);
        publish(acme);
        long id = keys(acme).getFirst().id();
        TestTenants.as(acme, Role.MARKETER, () -> {
            assertThat(domain.check()).isPresent();
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(real::makeKeys);
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> real.switchOn(id));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> real.switchOff(id));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> real.remove(id));
        });
        assertThat(keys(acme)).allMatch(key -> key.state() == State.WAITING && key.checked() == null);
    }

    @Test
    void aRecordThatDisappearsIsNoLongerTrusted() {
        TestTenants.asOwner(acme, domain::makeKeys);
        publish(acme);
        TestTenants.asOwner(acme, domain::check);
        assertThat(signed(acme)).isTrue();
        keys(acme).forEach(key -> dns.forget(key.recordName()));
        TestTenants.asOwner(acme, domain::check);
        assertThat(signed(acme)).isFalse();
        assertThat(signing.of(acme, "shop.example"))
                .isNotNull(); // a fault of the DNS must not unsign a running campaign
    }

    @Test
    void privateKeysAreStoredEncryptedForTheirRow() {
        TestTenants.asOwner(acme, domain::makeKeys);
        List<byte[]> stored = jdbc.sql("SELECT private_key FROM dkim_key WHERE tenant_id = ?")
                .param(acme.value())
                .query((rs, row) -> rs.getBytes(1))
                .list();
        // A PKCS#8 structure begins with a sequence (0x30) and names its algorithm: neither is to be seen.
        assertThat(stored).hasSize(2).allSatisfy(bytes -> assertThat(bytes[0]).isNotEqualTo((byte) 0x30));
        DkimKey rsa = keys(acme).getFirst();
        TestTenants.asOwner(acme, () -> domain.switchOn(rsa.id()));
        assertThat(signing.of(acme, "shop.example").toString()).doesNotContain("PRIVATE", "modulus", "BEGIN");
    }
}
