package io.perennial.customers;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Role;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
@TenantSql("Tests the SQL fragment itself.")
class ConsentServiceTest {

    private static final EmailAddress ADA = new EmailAddress("ada@example.com");
    private static final Evidence PAGE = new Evidence("preference page", "Yes, mail me");

    @Autowired
    ConsentService consents;

    @Autowired
    Suppressions suppressions;

    @Autowired
    CustomerImports imports;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    @Autowired
    JdbcTemplate jdbc;

    private TenantId acme;
    private TenantId globex;
    private CustomerId ada;

    @BeforeEach
    void adaIsACustomerOfTwoBusinesses() {
        acme = withAda("Acme");
        globex = withAda("Globex");
        ada = data.id(acme, "A1");
    }

    @Test
    void everyBusinessHasTheDefaultTopic() {
        TestTenants.asOwner(
                acme,
                () -> assertThat(consents.topics())
                        .extracting(ConsentTopic::code)
                        .containsExactly("news"));
    }

    @Test
    void everyChangeIsKeptAsEvidence() {
        TestTenants.asOwner(acme, () -> {
            consents.grant(ada, "news", PAGE);
            consents.grant(ada, "news", PAGE);
            consents.withdraw(ada, "news", Evidence.of("phone"));
        });
        assertThat(data.rows(acme, "consent_change"))
                .extracting(r -> r.get("status") + " " + r.get("source"))
                .containsExactly("GRANTED preference page", "WITHDRAWN phone");
    }

    @Test
    void theCustomersOwnPagesNeedNoStaff() {
        CurrentTenant.asTenant(acme, () -> {
            consents.unsubscribeAll(ada, Evidence.of("one-click unsubscribe"));
            consents.unsubscribeAll(ada, Evidence.of("one-click unsubscribe"));
            assertThat(consents.preferences(ada).getFirst().status()).isEqualTo(ConsentStatus.WITHDRAWN);
        });
        assertThat(mailable(acme)).isFalse();
        CurrentTenant.asTenant(acme, () -> consents.changeByCustomer(ada, "news", true, PAGE));
        assertThat(mailable(acme)).isTrue();
        assertThat(data.count(acme, "consent_change")).isEqualTo(2);
    }

    @Test
    void agreeingAgainDoesNotUndoAComplaint() {
        TestTenants.asOwner(acme, () -> suppressions.suppress(ADA, SuppressionReason.COMPLAINED, "ARF"));
        CurrentTenant.asTenant(acme, () -> consents.changeByCustomer(ada, "news", true, PAGE));
        assertThat(mailable(acme)).isFalse();
    }

    @Test
    void aWeakerReasonNeverReplacesAStronger() {
        TestTenants.asOwner(acme, () -> {
            suppressions.suppress(ADA, SuppressionReason.UNSUBSCRIBED, "link");
            suppressions.suppress(ADA, SuppressionReason.MANUAL, "asked by phone");
            assertThat(suppressions.find(ADA).orElseThrow().reason()).isEqualTo(SuppressionReason.UNSUBSCRIBED);
            assertThat(suppressions.liftManual(ADA)).isFalse();
            assertThat(suppressions.isSuppressed(ADA)).isTrue();
        });
    }

    @Test
    void whatStaffSuppressedStaffMayLift() {
        TestTenants.asOwner(acme, () -> {
            suppressions.suppress(ADA, SuppressionReason.MANUAL, "asked by phone");
            assertThat(suppressions.liftManual(ADA)).isTrue();
            assertThat(suppressions.isSuppressed(ADA)).isFalse();
        });
    }

    @Test
    void anotherBusinessKnowsNothingOfIt() {
        String before = data.checksum(globex);
        TestTenants.asOwner(acme, () -> consents.unsubscribeAll(ada, PAGE));
        assertThat(mailable(globex)).isTrue();
        assertThat(data.checksum(globex)).isEqualTo(before);
        TestTenants.asOwner(globex, () -> {
            assertThat(suppressions.isSuppressed(ADA)).isFalse();
            assertThatExceptionOfType(CustomerNotFound.class).isThrownBy(() -> consents.grant(ada, "news", PAGE));
            assertThatExceptionOfType(CustomerNotFound.class).isThrownBy(() -> consents.preferences(ada));
            assertThatExceptionOfType(CustomerNotFound.class).isThrownBy(() -> consents.unsubscribeAll(ada, PAGE));
            assertThatExceptionOfType(CustomerNotFound.class)
                    .isThrownBy(() -> consents.changeByCustomer(ada, "news", true, PAGE));
        });
        assertThat(data.checksum(globex)).isEqualTo(before);
    }

    @Test
    void anUnknownTopicIsRefused() {
        TestTenants.asOwner(
                acme,
                () -> assertThatExceptionOfType(IllegalArgumentException.class)
                        .isThrownBy(() -> consents.grant(ada, "nonsense", PAGE)));
    }

    @Test
    void analystsOnlyLook() {
        TestTenants.as(acme, Role.ANALYST, () -> {
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> consents.grant(ada, "news", PAGE));
            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> suppressions.suppress(ADA, SuppressionReason.MANUAL, null));
            assertThat(suppressions.isSuppressed(ADA)).isFalse();
        });
    }

    private boolean mailable(TenantId tenant) {
        SqlFragment condition = MailableCustomers.mailable("c", "news");
        Long count = jdbc.queryForObject(
                "SELECT COUNT(*) FROM customer c WHERE c.tenant_id = ? AND " + condition.sql(),
                Long.class,
                tenant.value(),
                condition.params().getFirst());
        return count != null && count == 1;
    }

    private TenantId withAda(String name) {
        TenantId tenant = tenants.fresh(name);
        TestTenants.asOwner(
                tenant,
                () -> imports.importCustomers(
                        text("id,email", "A1,ada@example.com"),
                        ImportMapping.none().with(ImportField.EXTERNAL_ID, 0).with(ImportField.EMAIL, 1),
                        ImportOptions.of("people.csv", CsvFormat.STANDARD)));
        return tenant;
    }
}
