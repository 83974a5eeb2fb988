package io.perennial.insights.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.perennial.insights.model.MbgNbd;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);
    private static final MbgNbd TRUTH = new MbgNbd(1.1, 60, .9, 4);

    @Test
    void theFitFindsTheProcessItsShopWasDrawnFrom() {
        Forecast forecast = Forecast.of(shop(8_000), TODAY, TODAY);
        assertThat(forecast.isOpen()).isTrue();
        MbgNbd fitted = forecast.purchases().model();
        assertThat(fitted.r()).isCloseTo(TRUTH.r(), offset(.15));
        assertThat(fitted.alpha()).isCloseTo(TRUTH.alpha(), offset(8.0));
        assertThat(fitted.a() / (fitted.a() + fitted.b())).isCloseTo(.9 / 4.9, offset(.02));
    }

    @Test
    void theBackTestOnThatShopIsNearTheTruth() {
        BackTest test = BackTest.of(shop(8_000), TODAY);
        assertThat(test.error()).isBetween(-.06, .06);
        assertThat(test.from()).isEqualTo(TODAY.minusDays(730 / 4));
        assertThat(test.byFrequency()).hasSize(8);
        assertThat(test.byFrequency().stream()
                        .mapToInt(BackTest.Group::customers)
                        .sum())
                .isBetween(5_500, 6_500);
        for (BackTest.Group group : test.byFrequency()) {
            assertThat(group.forecast()).isCloseTo(group.actual(), offset(.15 + .15 * group.actual()));
        }
    }

    @Test
    void totalsAreTheSumsOfTheScores() {
        ShopHistory shop = shop(2_000);
        Forecast forecast = Forecast.of(shop, TODAY, TODAY);
        Forecast.Totals totals = forecast.totals();
        double value = 0;
        for (int i = 0; i < shop.buyers(); i++) {
            value += forecast.value(i);
            assertThat(forecast.churnRisk(i)).isBetween(1 - forecast.alive(i), 1.0);
        }
        assertThat(totals.value()).isCloseTo(value, offset(1e-6 * value));
        assertThat(totals.low() + totals.middle() + totals.high()).isEqualTo(shop.buyers());
        assertThat(totals.deciles()).hasSize(10).isSortedAccordingTo((a, b) -> Double.compare(b.mean(), a.mean()));
        assertThat(totals.deciles().stream().mapToDouble(Forecast.Decile::value).sum())
                .isCloseTo(value, offset(1e-6 * value));
    }

    @Test
    void belowTheGatesNothingIsForecastAndWhatIsMissingIsSaid() {
        Forecast forecast = Forecast.of(TinyShop.history(), TinyShop.AS_OF, TinyShop.AS_OF);
        assertThat(forecast.isOpen()).isFalse();
        assertThat(forecast.totals()).isNull();
        assertThat(forecast.purchases()).isNull();
        assertThat(forecast.gates())
                .containsExactly(
                        new Gate(Gate.Kind.BUYERS, 500, 5),
                        new Gate(Gate.Kind.DAYS_OF_HISTORY, 180, 121),
                        new Gate(Gate.Kind.DAYS_SINCE_LAST_ORDER, 30, 1),
                        new Gate(Gate.Kind.BUYERS_WITH_THREE_ORDERS, 10, 2));
        assertThat(forecast.gates()).extracting(Gate::passed).containsExactly(false, false, true, false);
        assertThat(BackTest.of(TinyShop.history(), TinyShop.AS_OF)).isNull();
    }

    @Test
    void anEndedHistoryShutsTheGateOfRecentOrders() {
        ShopHistory shop = shop(2_000);
        Forecast forecast = Forecast.of(shop, shop.lastDay().plusDays(1), TODAY.plusDays(200));
        assertThat(forecast.isOpen()).isFalse();
        assertThat(forecast.gates())
                .filteredOn(g -> !g.passed())
                .singleElement()
                .satisfies(g -> assertThat(g.kind()).isEqualTo(Gate.Kind.DAYS_SINCE_LAST_ORDER));
    }

    private static ShopHistory shop(int customers) {
        ShopHistory.Builder history = new ShopHistory.Builder();
        new BuyTillYouDie(TRUTH, 11)
                .draw(
                        customers,
                        TODAY.minusDays(730),
                        TODAY,
                        (customer, day, value) -> history.order(customer, (int) day.toEpochDay(), value, value));
        return history.build();
    }
}
