package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perennial.accounts.Role;
import io.perennial.delivery.Outbox;
import io.perennial.delivery.RunId;
import io.perennial.delivery.RunSpec;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.promotions.Shop;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

/** What is older than its period goes at night, after a week's notice, and nothing else does. */
@IntegrationTest
@TenantSql("Makes rows old.")
class RetentionTest {

    @Autowired
    Retention retention;

    @Autowired
    RetentionRun run;

    @Autowired
    Nights nights;

    @Autowired
    ConsentService consents;

    @Autowired
    Customers customers;

    @Autowired
    Suppressions suppressions;

    @Autowired
    Outbox outbox;

    @Autowired
    Shop shop;

    @Autowired
    ImportedData data;

    @Autowired
    JdbcTemplate jdbc;

    private TenantId acme;
    private TenantId globex;
    private CustomerId silent;
    private CustomerId buyer;
    private CustomerId reader;
    private CustomerId agreed;

    @BeforeEach
    void customersOfThreeYears() {
        acme = shop.open("Acme");
        globex = shop.open("Globex");
        fill(globex);
        fill(acme);
    }

    private void fill(TenantId tenant) {
        silent = shop.customer(tenant, "Silent");
        buyer = shop.customer(tenant, "Buyer");
        reader = shop.customer(tenant, "Reader");
        agreed = shop.customer(tenant, "Agreed");
        TestTenants.asOwner(tenant, () -> {
            RunId sent = outbox.open(
                    new RunSpec("test", 1, "Spring", "Acme", new EmailAddress("shop@shop.example"), null, null));
            outbox.enqueue(
                    sent,
                    SqlFragment.of(
                            "SELECT c.id, c.email FROM customer c WHERE c.tenant_id = ? AND c.id IN (?, ?)",
                            tenant.value(),
                            silent.value(),
                            reader.value()));
            jdbc.update(
                    "UPDATE message SET state = 'SENT', changed_at = UTC_TIMESTAMP(6) - INTERVAL 30 MONTH WHERE tenant_id = ?",
                    tenant.value());
            jdbc.update(
                    "INSERT INTO message_event (tenant_id, id, message_id, run_id, customer_id, kind, verdict, at) "
                            + "SELECT tenant_id, id, id, run_id, customer_id, 'OPEN', 'HUMAN', "
                            + "UTC_TIMESTAMP(6) - INTERVAL 30 MONTH FROM message WHERE tenant_id = ?",
                    tenant.value());
            jdbc.update(
                    "UPDATE message SET opened_at = UTC_TIMESTAMP(6) - INTERVAL 1 MONTH WHERE tenant_id = ? AND customer_id = ?",
                    tenant.value(),
                    reader.value());
            consents.grant(agreed, "news", Evidence.of("shop"));
        });
        jdbc.update(
                "UPDATE customer SET created_at = UTC_TIMESTAMP(6) - INTERVAL 40 MONTH WHERE tenant_id = ?",
                tenant.value());
        jdbc.update(
                "INSERT INTO customer_summary (tenant_id, customer_id, orders, last_order_at) "
                        + "VALUES (?, ?, 1, UTC_TIMESTAMP(6) - INTERVAL 2 MONTH)",
                tenant.value(),
                buyer.value());
    }

    @Test
    void onlyWhoShowedNoSignOfLifeIsErasedAndOnlyAfterTheNotice() {
        String others = data.checksum(globex);
        TestTenants.asOwner(acme, () -> {
            assertThat(retention.count(RetentionKind.CUSTOMERS, 24)).isEqualTo(1);
            assertThat(retention.count(RetentionKind.CUSTOMERS, 48)).isZero();
            retention.set(RetentionKind.CUSTOMERS, 24);
            run.run(acme, () -> {});
            assertThat(customers.find(silent)).isPresent();
        });
        comeIntoForce();
        TestTenants.asOwner(acme, () -> {
            run.run(acme, () -> {});
            assertThat(customers.find(silent)).isEmpty();
            assertThat(customers.find(buyer)).isPresent();
            assertThat(customers.find(reader)).isPresent();
            assertThat(customers.find(agreed)).isPresent();
            assertThat(retention.log(0, 10)).singleElement().satisfies(entry -> {
                assertThat(entry.kind()).isEqualTo(RetentionKind.CUSTOMERS);
                assertThat(entry.rows()).isEqualTo(1);
            });
            // A customer who buys again may come back: they never asked to be erased.
            assertThat(retention.count(RetentionKind.CUSTOMERS, 24)).isZero();
        });
        assertThat(data.count(acme, "erased_key")).isZero();
        assertThat(data.checksum(globex)).isEqualTo(others);
        assertThat(data.count(globex, "retention_log")).isZero();
    }

    /** A file may bring an expired customer back, but not their consent. */
    @Test
    void whoSaidNoStaysUnmailedByTheHashOfTheirAddress() {
        String email = (String) data.rows(acme, "customer").stream()
                .filter(row -> row.get("id").equals(silent.value()))
                .findFirst()
                .orElseThrow()
                .get("email");
        TestTenants.asOwner(acme, () -> {
            consents.withdraw(silent, "news", Evidence.of("phone"));
            retention.set(RetentionKind.CUSTOMERS, 24);
        });
        jdbc.update("UPDATE consent SET at = at - INTERVAL 30 MONTH WHERE tenant_id = ?", acme.value());
        comeIntoForce();
        TestTenants.asOwner(acme, () -> {
            run.run(acme, () -> {});
            assertThat(customers.find(silent)).isEmpty();
            assertThat(suppressions.find(new EmailAddress(email)).orElseThrow().reason())
                    .isEqualTo(SuppressionReason.UNSUBSCRIBED);
        });
        assertThat(data.rows(acme, "suppression").toString()).doesNotContain(email);
    }

    @Test
    void addressesAndVisitsOfOldMailsGoAndTheFiguresStay() {
        TestTenants.asOwner(acme, () -> {
            assertThat(retention.count(RetentionKind.MAILS, 24)).isEqualTo(2);
            assertThat(retention.count(RetentionKind.ENGAGEMENT, 24)).isEqualTo(2);
            retention.set(RetentionKind.MAILS, 24);
            retention.set(RetentionKind.ENGAGEMENT, 36);
        });
        comeIntoForce();
        TestTenants.asOwner(acme, () -> run.run(acme, () -> {}));
        assertThat(data.rows(acme, "message"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row).containsEntry("email", PersonalData.NOBODY));
        assertThat(data.count(acme, "message_event")).isEqualTo(2);
        assertThat(data.rows(globex, "message"))
                .noneSatisfy(row -> assertThat(row).containsEntry("email", PersonalData.NOBODY));
    }

    @Test
    void aNightIsDoneOnceAndAShorterPeriodIsAnnouncedAnew() {
        TestTenants.asOwner(acme, () -> retention.set(RetentionKind.CUSTOMERS, 24));
        comeIntoForce();
        LocalDate night = LocalDate.now(ZoneId.of("Europe/Prague"));
        nights.once(acme, run, night);
        nights.once(acme, run, night);
        assertThat(data.count(acme, "retention_log")).isEqualTo(1);
        TestTenants.asOwner(acme, () -> {
            retention.set(RetentionKind.CUSTOMERS, 30);
            assertThat(retention.rules().getFirst().beginsOn()).isBefore(night);
            retention.set(RetentionKind.CUSTOMERS, 12);
            assertThat(retention.rules().getFirst().beginsOn()).isEqualTo(night.plusDays(Retention.NOTICE_DAYS));
            retention.set(RetentionKind.CUSTOMERS, null);
            assertThat(retention.rules()).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> retention.set(RetentionKind.MAILS, 0));
        });
    }

    @Test
    void onlyAdminsSetPeriods() {
        TestTenants.as(acme, Role.MARKETER, () -> {
            assertThat(retention.rules()).isEmpty();
            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> retention.set(RetentionKind.MAILS, 12));
        });
    }

    private void comeIntoForce() {
        jdbc.update(
                "UPDATE retention_rule SET begins_on = begins_on - INTERVAL 10 DAY WHERE tenant_id = ?", acme.value());
    }
}
