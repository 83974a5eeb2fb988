package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.AuditEntry;
import io.perennial.accounts.AuditQuery;
import io.perennial.accounts.AuditTrail;
import io.perennial.customers.SampleState.Stage;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Made-up customers come and go as a whole, and nobody else's do. */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class SampleShopsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Autowired
    SampleShops samples;

    @Autowired
    CustomerImports plain;

    @Autowired
    ImportJobs imports;

    @Autowired
    AuditTrail audit;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;

    @BeforeEach
    void globexLooksAroundToo() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @Test
    void theyComeByImportsAndGoByUndoingBothAndTheOtherBusinesssStay() {
        assertThat(TestTenants.asOwner(globex, () -> samples.load())).isTrue();
        assertThat(TestTenants.asOwner(acme, () -> samples.load())).isTrue();
        assertThat(TestTenants.asOwner(acme, () -> samples.load()))
                .as("a second click")
                .isFalse();
        awaitStage(acme, Stage.LOADED);
        awaitStage(globex, Stage.LOADED);
        assertThat(rows("customer", acme)).isEqualTo(SampleShop.CUSTOMERS);
        assertThat(rows("customer_order", acme)).isGreaterThan(600);
        assertThat(TestTenants.asOwner(acme, () -> imports.latest(5)))
                .hasSize(2)
                .allSatisfy(job -> assertThat(job.counts().rejected()).isZero());
        long others = rows("customer_order", globex);

        assertThat(TestTenants.asOwner(acme, () -> samples.remove())).isTrue();
        awaitStage(acme, Stage.NONE);
        for (String table : List.of("customer", "customer_order", "order_line", "customer_tag", "sample_shop")) {
            assertThat(rows(table, acme)).as(table).isZero();
        }
        assertThat(rows("customer", globex)).isEqualTo(SampleShop.CUSTOMERS);
        assertThat(rows("customer_order", globex)).isEqualTo(others);
        assertThat(TestTenants.asOwner(acme, () -> audit.page(AuditQuery.all(), PageRequest.of(0, 20))).stream()
                        .map(AuditEntry::deed))
                .contains("customers.deed.sample_loaded", "customers.deed.sample_removed");
        assertThat(TestTenants.asOwner(acme, () -> samples.load()))
                .as("once more")
                .isTrue();
        awaitStage(acme, Stage.LOADED);
    }

    @Test
    void theyCanBeRemovedAYearLaterThoughOtherImportsCannot() {
        TestTenants.asOwner(acme, () -> samples.load());
        awaitStage(acme, Stage.LOADED);
        jdbc.sql("UPDATE import_job SET finished_at = finished_at - INTERVAL 300 DAY WHERE tenant_id = ?")
                .param(acme.value())
                .update();
        assertThat(TestTenants.asOwner(acme, () -> samples.remove())).isTrue();
        awaitStage(acme, Stage.NONE);
        assertThat(rows("customer", acme)).isZero();
    }

    @Test
    void whoHasCustomersOfTheirOwnGetsNoMadeUpOnes() {
        TestTenants.asOwner(
                acme,
                () -> plain.importCustomers(
                        ImportedData.text("customer_id,email", "c1,real@customer.example"),
                        ImportMapping.guess(ImportKind.CUSTOMERS, List.of("customer_id", "email")),
                        ImportOptions.of("real.csv", CsvFormat.STANDARD)));
        assertThat(TestTenants.asOwner(acme, () -> samples.load())).isFalse();
        assertThat(TestTenants.asOwner(acme, () -> samples.state())).isEqualTo(SampleState.NONE);
        assertThat(rows("customer", acme)).isEqualTo(1);
    }

    @Test
    void theShopIsTheSameForEverybodyAndItsPricesAreOfTheCurrency() {
        LocalDateTime now = LocalDateTime.of(2026, 3, 4, 12, 0);
        SampleShop czech = new SampleShop(now, "CZ", "CZK", 2);
        assertThat(new String(czech.ordersCsv(), StandardCharsets.UTF_8))
                .isEqualTo(new String(new SampleShop(now, "CZ", "CZK", 2).ordersCsv(), StandardCharsets.UTF_8))
                .contains(",CZK,C-250,\"House blend 250 g\",Coffee,1,223\n")
                .doesNotContain("2026-03-04");
        assertThat(new String(new SampleShop(now, "IE", "EUR", 2).ordersCsv(), StandardCharsets.UTF_8))
                .contains(",EUR,C-250,\"House blend 250 g\",Coffee,1,8.90\n");
        assertThat(new String(new SampleShop(now, "KW", "KWD", 3).ordersCsv(), StandardCharsets.UTF_8))
                .contains(",KWD,");
    }

    private void awaitStage(TenantId tenant, Stage stage) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> TestTenants.asOwner(tenant, () -> samples.state()).stage() == stage);
    }

    private long rows(String table, TenantId tenant) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }
}
