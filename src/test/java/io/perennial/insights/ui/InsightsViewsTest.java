package io.perennial.insights.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.Role;
import io.perennial.insights.AtRisk;
import io.perennial.insights.AtRiskFilter;
import io.perennial.insights.Insights;
import io.perennial.insights.ShopFixture;
import io.perennial.insights.model.MbgNbd;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.segments.SegmentDirectory;
import io.perennial.segments.SegmentRef;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.uikit.DataTable;
import io.perennial.uikit.HomeCard;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class InsightsViewsTest extends SpringBrowserlessTest {

    @Autowired
    TestTenants tenants;

    @Autowired
    Insights insights;

    @Autowired
    AtRisk atRisk;

    @Autowired
    SegmentDirectory segments;

    @Autowired
    InsightsOnHome home;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Test
    void everyPageAnswersInWords() {
        TenantId acme = computed(1_500, 500);
        TestTenants.as(acme, Role.ANALYST, () -> {
            navigate(OverviewView.class);
            assertThat(page())
                    .containsPattern("Churn (fell|rose|was)")
                    .contains("of 100 new customers buy again within 90 days")
                    .contains("All together are expected to bring")
                    .contains("95% interval")
                    .contains("How this is counted");
            navigate(CohortsView.class);
            assertThat(page()).contains("come back in the first period after that of their first order");
            navigate(RfmView.class);
            assertThat(page()).contains("Champions and loyal customers are");
            navigate(ForecastView.class);
            assertThat(page()).contains("the model expected").contains("MBG/NBD (purchases)");
            navigate(AtRiskView.class);
            assertThat(page()).contains("may not come back");
        });
    }

    @Test
    void oneClickMakesASegmentOfTheListAndNobodyElse() {
        TenantId acme = computed(1_200, 500);
        TenantId globex = computed(600, 400);
        TestTenants.asOwner(acme, () -> {
            navigate(AtRiskView.class);
            AtRiskFilter filter =
                    AtRiskFilter.worthKeeping(insights.latest().orElseThrow().snapshot());
            long listed = atRisk.count(filter);
            test(button("Make a segment")).click();
            test(find(TextField.class).all().stream()
                            .filter(f -> f.getLabel().startsWith("Name"))
                            .findFirst()
                            .orElseThrow())
                    .setValue("Save them");
            test(button("Create segment")).click();
            SegmentRef segment = segments.list().stream()
                    .filter(s -> s.name().equals("Save them"))
                    .findFirst()
                    .orElseThrow();
            assertThat(segments.count(segment.id())).isEqualTo(listed).isPositive();
            assertThat(button("Plan a campaign").isVisible()).isTrue();
        });
        assertThat(TestTenants.asOwner(globex, segments::list))
                .noneMatch(s -> s.name().equals("Save them"));
    }

    @Test
    void anRfmGroupBecomesASegmentOfItsSize() {
        TenantId acme = computed(900, 500);
        TestTenants.asOwner(acme, () -> {
            navigate(RfmView.class);
            NativeButton group = find(NativeButton.class).all().stream()
                    .filter(b -> b.getElement().getTextRecursively().startsWith("Hibernating"))
                    .findFirst()
                    .orElseThrow();
            test(group).click();
            assertThat(page()).contains("Most will not come back");
            test(button("Make a segment")).click();
            test(button("Create segment")).click();
            SegmentRef segment = segments.list().getFirst();
            assertThat(segment.name()).startsWith("Hibernating");
            long counted = jdbc.queryForObject(
                    "SELECT COUNT(*) FROM customer_summary WHERE tenant_id = ? AND rfm_recency <= 2 "
                            + "AND rfm_frequency <= 2",
                    Long.class,
                    acme.value());
            assertThat(segments.count(segment.id())).isEqualTo(counted).isPositive();
        });
    }

    @Test
    void aBusinessWithoutOrdersIsToldWhatToDo() {
        TenantId empty = tenants.fresh("Empty");
        TestTenants.asOwner(empty, () -> {
            for (Class<? extends Component> view : List.of(
                    OverviewView.class, CohortsView.class, RfmView.class, ForecastView.class, AtRiskView.class)) {
                navigate(view);
                assertThat(page()).contains("No figures yet").contains("Import orders");
            }
            assertThat(home.cards()).isEmpty();
        });
    }

    @Test
    void tooLittleDataSaysHowMuchMoreIsNeeded() {
        TenantId small = tenants.fresh("Small");
        ShopFixture shop = new ShopFixture(jdbc, transactions, small);
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        long ada = shop.customer("Ada", "Nováková");
        shop.order(ada, now.minusDays(70), 200);
        shop.order(ada, now.minusDays(40), 300);
        shop.save();
        compute(small);
        TestTenants.asOwner(small, () -> {
            for (Class<? extends Component> view : List.of(
                    OverviewView.class, CohortsView.class, RfmView.class, ForecastView.class, AtRiskView.class)) {
                navigate(view);
                assertThat(page()).doesNotContain("No figures yet").doesNotContain("NaN");
            }
            navigate(ForecastView.class);
            assertThat(page()).contains("A forecast needs 500 customers with an order; you have 1.");
            navigate(AtRiskView.class);
            assertThat(page()).contains("There is no churn risk yet");
            assertThat(home.cards()).hasSizeLessThanOrEqualTo(1);
        });
    }

    @Test
    void homeTellsChurnAndHowManyAreAtRisk() {
        TenantId acme = computed(1_500, 500);
        List<HomeCard> cards = TestTenants.asOwner(acme, home::cards);
        assertThat(cards).hasSize(2);
        assertThat(cards.get(0).answer()).startsWith("Churn");
        assertThat(cards.get(1).href()).isEqualTo("insights/at-risk");
    }

    @Test
    void aRhythmIsSaidInDays() {
        Instant now = Instant.parse("2026-06-01T12:00:00Z");
        assertThat(AtRiskGrid.rhythmWords(customer(23.2, now.minus(Duration.ofDays(64))), now))
                .isEqualTo("Buys every 23 days, now 41 late");
        assertThat(AtRiskGrid.rhythmWords(customer(30.0, now.minus(Duration.ofDays(28))), now))
                .isEqualTo("Buys every 30 days, due in 2 days");
        assertThat(AtRiskGrid.rhythmWords(customer(null, now), now)).isEqualTo("Bought on one day only");
    }

    @Test
    void aTableGoesIntoAFileAsPlainNumbers() {
        DataTable table = new DataTable(
                List.of("Month", "Share, of all"),
                List.of(List.of(DataTable.Cell.text("May 2026"), new DataTable.Cell("4,1 %", "0.0410"))));
        assertThat(table.csv(Locale.ENGLISH)).isEqualTo("Month,\"Share, of all\"\r\nMay 2026,0.0410\r\n");
    }

    private static AtRisk.Customer customer(Double rhythm, Instant last) {
        return new AtRisk.Customer(new CustomerId(1), "Ada", null, 3, BigDecimal.TEN, last, rhythm, .5, BigDecimal.ONE);
    }

    private TenantId computed(int customers, int days) {
        TenantId tenant = tenants.fresh("Acme");
        ShopFixture shop = new ShopFixture(jdbc, transactions, tenant);
        shop.draw(customers, days, new MbgNbd(1.1, 60, .9, 4), customers);
        shop.save();
        compute(tenant);
        return tenant;
    }

    private void compute(TenantId tenant) {
        TestTenants.asOwner(tenant, insights::recompute);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> TestTenants.asOwner(
                        tenant, () -> !insights.status().orElseThrow().underWay()));
    }

    private Button button(String text) {
        return find(Button.class).all().stream()
                .filter(b -> b.getText().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No button " + text));
    }

    private String page() {
        return getCurrentView().getElement().getTextRecursively();
    }
}
