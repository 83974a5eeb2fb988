package io.perennial.insights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perennial.accounts.Role;
import io.perennial.insights.AtRiskFilter.Risk;
import io.perennial.insights.AtRiskFilter.Worth;
import io.perennial.insights.metrics.Gate;
import io.perennial.insights.model.MbgNbd;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.NoTenantException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class InsightsTest {

    private static final MbgNbd TRUTH = new MbgNbd(1.1, 60, .9, 4);

    @Autowired
    TestTenants tenants;

    @Autowired
    Insights insights;

    @Autowired
    AtRisk atRisk;

    @Autowired
    RecomputationWorker worker;

    @Autowired
    RunLedger ledger;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Test
    void scoresAndFiguresComeFromTheBusinessesOwnOrdersOnly() {
        TenantId acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        drawn(acme, 1_200, 500, 3);
        drawn(globex, 600, 400, 4);
        compute(globex);
        List<Map<String, Object>> others = summaries(globex);
        String figures = document(globex);

        compute(acme);

        InsightSnapshot snapshot =
                TestTenants.asOwner(acme, () -> insights.latest().orElseThrow().snapshot());
        assertThat(snapshot.buyers()).isEqualTo(1_200);
        assertThat(snapshot.orders()).isEqualTo(orders(acme));
        assertThat(snapshot.forecast()).isNotNull();
        assertThat(snapshot.backTest()).isNotNull();
        assertThat(snapshot.months())
                .last()
                .satisfies(m -> assertThat(m.partial()).isTrue());
        assertThat(snapshot.months().stream()
                        .mapToInt(InsightSnapshot.Month::acquired)
                        .sum())
                .isEqualTo(1_200);
        assertThat(summaries(acme)).hasSize(1_200).allSatisfy(row -> {
            assertThat((Double) row.get("churn_risk")).isBetween(0.0, 1.0);
            assertThat((Double) row.get("p_alive")).isBetween(0.0, 1.0);
            assertThat(row.get("clv")).isNotNull();
            assertThat((Integer) row.get("rfm_monetary")).isBetween(1, 5);
        });
        assertThat(summaries(globex)).isEqualTo(others);
        assertThat(document(globex)).isEqualTo(figures);
        TestTenants.asOwner(
                globex,
                () -> assertThat(insights.latest().orElseThrow().snapshot().buyers())
                        .isEqualTo(600));
        assertThat(TestTenants.asOwner(acme, insights::models))
                .extracting(FittedModel::model)
                .containsExactly("GammaGamma", "MbgNbd");
    }

    @Test
    void theAtRiskListAndItsCountStayWithinTheBusiness() {
        TenantId acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        drawn(acme, 900, 500, 5);
        drawn(globex, 700, 500, 6);
        compute(acme);
        compute(globex);
        for (TenantId tenant : List.of(acme, globex)) {
            TestTenants.as(tenant, Role.ANALYST, () -> {
                AtRiskFilter filter = filter();
                long count = atRisk.count(filter);
                List<AtRisk.Customer> all = atRisk.list(filter, 0, 10_000);
                assertThat(all).hasSize((int) count).isNotEmpty();
                assertThat(atRisk.atStake(filter).customers()).isEqualTo(count);
                assertThat(all).allSatisfy(c -> {
                    assertThat(owner(c.id().value())).isEqualTo(tenant.value());
                    assertThat(c.churnRisk()).isGreaterThanOrEqualTo(.33);
                    assertThat(c.orders()).isGreaterThanOrEqualTo(2);
                });
                assertThat(all)
                        .isSortedAccordingTo((a, b) -> Double.compare(
                                b.expectedValue().doubleValue() * b.churnRisk(),
                                a.expectedValue().doubleValue() * a.churnRisk()));
                assertThat(atRisk.list(filter, 5, 3)).isEqualTo(all.subList(5, 8));
            });
        }
    }

    @Test
    void belowTheGatesThereAreRfmScoresButNoForecast() {
        TenantId acme = tenants.fresh("Acme");
        ShopFixture shop = shop(acme);
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        long ada = shop.customer("Ada", "Nováková");
        shop.order(ada, now.minusDays(100), 200);
        shop.order(ada, now.minusDays(40), 300);
        long jan = shop.customer("Jan", "Svoboda");
        shop.order(jan, now.minusDays(3), 100);
        shop.save();
        compute(acme);
        assertThat(summaries(acme)).allSatisfy(row -> {
            assertThat(row.get("rfm_recency")).isNotNull();
            assertThat(row.get("churn_risk")).isNull();
            assertThat(row.get("clv")).isNull();
        });
        TestTenants.asOwner(acme, () -> {
            InsightSnapshot snapshot = insights.latest().orElseThrow().snapshot();
            assertThat(snapshot.forecast()).isNull();
            assertThat(snapshot.gates()).contains(new Gate(Gate.Kind.BUYERS, 500, 2));
            AtRiskFilter silent = new AtRiskFilter(Risk.SILENT, Worth.ANYONE, 0, snapshot.silence());
            assertThat(snapshot.silence()).isEqualTo(60);
            assertThat(atRisk.list(silent, 0, 10)).singleElement().satisfies(c -> {
                assertThat(c.name()).isEqualTo("Ada Nováková");
                assertThat(c.rhythmDays()).isEqualTo(60);
            });
        });
    }

    @Test
    void refundedCancelledAndTestOrdersAreNoneAndThoseOfTomorrowWait() {
        TenantId acme = tenants.fresh("Acme");
        ShopFixture shop = shop(acme);
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        long ada = shop.customer("Ada", "Nováková");
        shop.order(ada, now.minusDays(50), 200, 50, "PAID");
        shop.order(ada, now.minusDays(40), 300, 300, "REFUNDED");
        shop.order(ada, now.minusDays(30), 300, 0, "CANCELLED");
        shop.order(ada, now.minusDays(20), 300, 0, "TEST");
        shop.order(ada, now.minusDays(10), 0, 0, "PAID");
        shop.order(ada, now.plusDays(2), 900, 0, "PAID");
        shop.save();
        compute(acme);
        InsightSnapshot snapshot =
                TestTenants.asOwner(acme, () -> insights.latest().orElseThrow().snapshot());
        assertThat(snapshot.orders()).isEqualTo(1);
        assertThat(snapshot.value()).isEqualTo(150);
        assertThat(snapshot.stale()).isTrue();
        assertThat(snapshot.asOf()).isEqualTo(snapshot.lastOrder().plusDays(1));
    }

    @Test
    void daysAreThoseOfTheBusinessesOwnCalendar() {
        TenantId prague = tenants.fresh("Acme");
        ShopFixture shop = shop(prague);
        long ada = shop.customer("Ada", "Nováková");
        // 23:30 UTC on 31 January is 1 February in Prague; 30 minutes later is the same day there.
        shop.order(ada, LocalDateTime.of(2026, 1, 31, 23, 30), 100);
        shop.order(ada, LocalDateTime.of(2026, 2, 1, 0, 0), 100);
        shop.save();
        compute(prague);
        InsightSnapshot snapshot = TestTenants.asOwner(
                prague, () -> insights.latest().orElseThrow().snapshot());
        assertThat(snapshot.firstOrder()).isEqualTo(LocalDate.of(2026, 2, 1));
        assertThat(snapshot.lastOrder()).isEqualTo(LocalDate.of(2026, 2, 1));
        assertThat(snapshot.months()).hasSize(1);
    }

    @Test
    void whoHasNoValidOrderAnyMoreLosesTheScores() {
        TenantId acme = tenants.fresh("Acme");
        ShopFixture shop = shop(acme);
        long ada = shop.customer("Ada", "Nováková");
        long jan = shop.customer("Jan", "Svoboda");
        shop.order(ada, LocalDateTime.now(ZoneOffset.UTC).minusDays(5), 10);
        shop.order(jan, LocalDateTime.now(ZoneOffset.UTC).minusDays(5), 10);
        shop.save();
        compute(acme);
        jdbc.update(
                "UPDATE customer_order SET status = 'REFUNDED' WHERE tenant_id = ? AND customer_id = ?",
                acme.value(),
                jan);
        compute(acme);
        assertThat(summaries(acme))
                .extracting(row -> row.get("rfm_recency") != null)
                .containsExactly(true, false);
        jdbc.update("UPDATE customer_order SET status = 'REFUNDED' WHERE tenant_id = ?", acme.value());
        compute(acme);
        assertThat(TestTenants.asOwner(acme, insights::latest)).isEmpty();
    }

    @Test
    void aBusinessIsComputedByOneNodeAtATimeAndAgainIfAskedMeanwhile() {
        TenantId acme = tenants.fresh("Acme");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        assertThat(ledger.claim(acme, "a", now)).isFalse(); // nobody asked
        ledger.request(acme, now);
        assertThat(ledger.waiting(now)).contains(acme);
        assertThat(ledger.claim(acme, "a", now)).isTrue();
        assertThat(ledger.claim(acme, "b", now)).isFalse();
        ledger.request(acme, now.plusSeconds(1));
        assertThat(ledger.claim(acme, "b", now.plusSeconds(1))).isFalse();
        ledger.finish(acme, "b", now, null); // not its claim
        assertThat(ledger.claim(acme, "b", now.plusSeconds(2))).isFalse();
        ledger.finish(acme, "a", now.plusSeconds(3), null);
        assertThat(ledger.claim(acme, "b", now.plusSeconds(4))).isTrue();
        // The node dies: its claim ends by itself.
        ledger.request(acme, now.plusSeconds(5));
        Instant later = now.plus(Duration.ofMinutes(31));
        assertThat(ledger.waiting(later)).contains(acme);
        assertThat(ledger.claim(acme, "c", later)).isTrue();
    }

    @Test
    void theButtonComputesInTheBackground() {
        TenantId acme = tenants.fresh("Acme");
        ShopFixture shop = shop(acme);
        shop.order(
                shop.customer("Ada", "Nováková"),
                LocalDateTime.now(ZoneOffset.UTC).minusDays(5),
                10);
        shop.save();
        TestTenants.as(acme, Role.ANALYST, insights::recompute);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> TestTenants.asOwner(acme, () -> {
                    assertThat(insights.latest()).isPresent();
                    assertThat(insights.status().orElseThrow().underWay()).isFalse();
                }));
    }

    @Test
    void theOwnersThresholdReplacesTheMeasuredOne() {
        TenantId acme = tenants.fresh("Acme");
        ShopFixture shop = shop(acme);
        shop.order(
                shop.customer("Ada", "Nováková"),
                LocalDateTime.now(ZoneOffset.UTC).minusDays(5),
                10);
        shop.save();
        TestTenants.asOwner(acme, () -> insights.chooseSilence(45));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> TestTenants.asOwner(acme, () -> {
                    assertThat(insights.latest()).hasValueSatisfying(figures -> {
                        assertThat(figures.snapshot().silence()).isEqualTo(45);
                        assertThat(figures.snapshot().silenceChosen()).isTrue();
                    });
                }));
        TestTenants.asOwner(
                acme, () -> assertThatIllegalArgumentException().isThrownBy(() -> insights.chooseSilence(0)));
        TestTenants.as(
                acme,
                Role.ANALYST,
                () -> assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> insights.chooseSilence(30)));
    }

    @Test
    void supportSeesNoFiguresAndNobodyWithoutABusiness() {
        TenantId acme = tenants.fresh("Acme");
        TestTenants.as(acme, Role.SUPPORT, () -> {
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(insights::latest);
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(insights::recompute);
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(insights::status);
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(insights::models);
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> atRisk.list(filter(), 0, 1));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> atRisk.count(filter()));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> atRisk.atStake(filter()));
        });
        assertThatExceptionOfType(NoTenantException.class)
                .isThrownBy(() -> io.perennial.tenancy.CurrentTenant.require());
    }

    private static AtRiskFilter filter() {
        return new AtRiskFilter(Risk.ALL, Worth.ANYONE, 0, 60);
    }

    private ShopFixture shop(TenantId tenant) {
        return new ShopFixture(jdbc, transactions, tenant);
    }

    private void drawn(TenantId tenant, int customers, int days, long seed) {
        ShopFixture shop = shop(tenant);
        shop.draw(customers, days, TRUTH, seed);
        shop.save();
    }

    private void compute(TenantId tenant) {
        ledger.request(tenant, Instant.now());
        worker.runIfWaiting(tenant);
        TestTenants.asOwner(
                tenant,
                () -> assertThat(insights.status().orElseThrow().failure()).isNull());
    }

    private List<Map<String, Object>> summaries(TenantId tenant) {
        return jdbc.queryForList(
                "SELECT * FROM customer_summary WHERE tenant_id = ? ORDER BY customer_id", tenant.value());
    }

    private long orders(TenantId tenant) {
        return jdbc.queryForObject(
                "SELECT COUNT(*) FROM customer_order WHERE tenant_id = ?", Long.class, tenant.value());
    }

    private String document(TenantId tenant) {
        return jdbc.queryForObject(
                "SELECT document FROM insight_snapshot WHERE tenant_id = ?", String.class, tenant.value());
    }

    private long owner(long customer) {
        return jdbc.queryForObject(
                "/* all tenants */ SELECT tenant_id FROM customer WHERE id = ?", Long.class, customer);
    }
}
