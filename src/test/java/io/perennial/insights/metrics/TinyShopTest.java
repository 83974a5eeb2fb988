package io.perennial.insights.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.perennial.kernel.RfmName;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every metric on {@link TinyShop}, with the figures worked out by hand. */
class TinyShopTest {

    private final ShopHistory history = TinyShop.history();
    private final Months months = TinyShop.months();

    @Test
    void sameDayOrdersAreOnePurchaseDayButTwoOrders() {
        assertThat(history.buyers()).isEqualTo(5);
        assertThat(history.orders(0)).isEqualTo(4);
        assertThat(history.purchaseDays(0)).isEqualTo(3);
        assertThat(history.value(0)).isEqualTo(350);
        assertThat(history.repeatMean(0)).isEqualTo(100); // (80 + 120) / 2: the first day is no repeat
        assertThat(history.repeatMean(1)).isZero();
        assertThat(history.repeatMean(2)).isEqualTo(50); // (60 + 60 + 30) / 3
        assertThat(history.firstDay()).isEqualTo(LocalDate.of(2026, 1, 10));
        assertThat(history.lastDay()).isEqualTo(LocalDate.of(2026, 5, 10));
    }

    @Test
    void monthsCountOrdersValueAndDistinctBuyers() {
        var january = history.months().byMonth().get(2026 * 12);
        assertThat(january.orders()).isEqualTo(3);
        assertThat(january.ordered()).isEqualTo(190); // 100 + 50 + 40
        assertThat(january.buyers()).isEqualTo(2);
        var february = history.months().byMonth().get(2026 * 12 + 1);
        assertThat(february.ordered()).isEqualTo(280); // 80 + 200
        assertThat(february.net()).isEqualTo(230); // 50 came back
        assertThat(february.buyers()).isEqualTo(2);
        assertThat(history.months().byMonth().get(2026 * 12 + 2).buyers()).isEqualTo(2); // 3 twice, and 4
    }

    @Test
    void theSilenceThresholdIsTheEightiethPercentileOfPauses() {
        // Pauses: customer 1: 30, 70; customer 3: 30, 28, 40. Sorted 28 30 30 40 70: the 4th of 5 is 40.
        assertThat(SilenceThreshold.of(history)).isEqualTo(40);
    }

    @Test
    void theSilenceThresholdHasAFloorAndAnAnswerWithoutRepeats() {
        ShopHistory.Builder daily = new ShopHistory.Builder();
        TinyShop.order(daily, 1, "2026-01-01", 1, 1);
        TinyShop.order(daily, 1, "2026-01-02", 1, 1);
        assertThat(SilenceThreshold.of(daily.build())).isEqualTo(SilenceThreshold.FLOOR);
        ShopHistory.Builder once = new ShopHistory.Builder();
        TinyShop.order(once, 1, "2026-01-01", 1, 1);
        assertThat(SilenceThreshold.of(once.build())).isEqualTo(SilenceThreshold.WITHOUT_REPEATS);
    }

    @Test
    void churnIsWhoCrossesTheThresholdAmongThoseActiveAtTheStart() {
        ChurnSeries churn = ChurnSeries.of(history, months, 40, TinyShop.AS_OF);
        // Silence of 40 days: lost at the start of the 41st day after the last order.
        // 1: 01-10 to (02-09 + 41 =) 03-22 lost; back on 04-20, then still active on 05-11.
        // 2: 01-31 + 41 = 03-13 lost.
        // 3: 02-01, pauses of 30, 28, 40: never lost (40 is not more than 40).
        // 4: 03-15 + 41 = 04-25 lost.
        // 5: since 05-05.
        assertThat(column(churn::acquired)).containsExactly(2, 1, 1, 0, 1);
        assertThat(column(churn::activeAtStart)).containsExactly(0, 2, 3, 2, 2);
        //   February: 1, 2; March: 1, 2, 3; April: 3, 4; May: 1, 3
        assertThat(column(churn::lost)).containsExactly(0, 0, 2, 1, 0);
        assertThat(column(churn::returned)).containsExactly(0, 0, 0, 1, 0);
    }

    @Test
    void whoIsLostInTheMonthTheyCameInIsNotChurn() {
        ShopHistory.Builder shop = new ShopHistory.Builder();
        TinyShop.order(shop, 1, "2026-01-01", 1, 1);
        TinyShop.order(shop, 2, "2026-03-31", 1, 1);
        ShopHistory short1 = shop.build();
        ChurnSeries churn = ChurnSeries.of(
                short1, new Months(short1.firstDay(), LocalDate.of(2026, 4, 1)), 10, LocalDate.of(2026, 4, 1));
        assertThat(IntStream.range(0, 4).map(churn::lost)).containsExactly(0, 0, 0, 0);
        assertThat(IntStream.range(0, 4).map(churn::activeAtStart)).containsExactly(0, 0, 0, 1);
    }

    @Test
    void cohortsByCalendarMonthCountDistinctCustomersNotCumulatively() {
        CohortTable table = CohortTable.byCalendarMonth(history, months, TinyShop.AS_OF, 99);
        assertThat(table.cohorts()).extracting(CohortTable.Cohort::size).containsExactly(2, 1, 1, 0, 1);
        assertThat(table.cohorts().get(0).buyers()).containsExactly(2, 1, 0, 1, 0); // customer 1 in Jan, Feb, Apr
        assertThat(table.cohorts().get(1).buyers()).containsExactly(1, 1, 0, 1); // customer 3: Feb, Mar (twice), May
        assertThat(table.cohorts().get(2).buyers()).containsExactly(1, 0, 0);
        // May is not over, so each cohort's last period is incomplete and stays out of averages.
        assertThat(table.cohorts()).extracting(CohortTable.Cohort::complete).containsExactly(4, 3, 2, 1, 0);
        assertThat(table.average(1)).isEqualTo(new Proportion(2, 4)); // 1 of 2, 1 of 1, 0 of 1
        assertThat(table.average(3)).isEqualTo(new Proportion(1, 2)); // January's only: 1 of 2
    }

    @Test
    void cohortsByThirtyDaysCountFromEachCustomersOwnFirstOrder() {
        CohortTable table = CohortTable.byThirtyDays(history, months, TinyShop.AS_OF, 99);
        // Customer 1: days 0, 30, 100 -> periods 0, 1, 3. Customer 2: 0. From 01-01 to 05-11 are 130 days: periods 0 to
        // 4.
        assertThat(table.cohorts().get(0).buyers()).containsExactly(2, 1, 0, 1, 0);
        // The youngest possible came on 01-31, 100 days ago: three whole periods.
        assertThat(table.cohorts().get(0).complete()).isEqualTo(3);
        // Customer 3: days 0, 30, 58, 98 -> periods 0, 1, 1, 3.
        assertThat(table.cohorts().get(1).buyers()).containsExactly(1, 1, 0, 1);
        assertThat(table.cohorts().get(4).complete()).isZero();
    }

    @Test
    void repeatPurchaseWithinThirtyDaysFlagsTooYoungCohorts() {
        RepeatPurchases within30 = RepeatPurchases.of(history, months, TinyShop.AS_OF, 30, 99);
        // Customers 1 and 3 came back after exactly 30 days; 2, 4 and 5 did not.
        assertThat(within30.cohorts())
                .extracting(RepeatPurchases.Cohort::repeated)
                .containsExactly(1, 1, 0, 0, 0);
        // April's youngest came on 04-30 at the latest: 30 days later is 05-30, still to come.
        assertThat(within30.cohorts())
                .extracting(RepeatPurchases.Cohort::complete)
                .containsExactly(true, true, true, false, false);
        assertThat(within30.ofLatestYear()).isEqualTo(new Proportion(2, 4));
        assertThat(RepeatPurchases.of(history, months, TinyShop.AS_OF, 365, 99)
                        .ofLatestYear()
                        .isKnown())
                .isFalse();
    }

    @Test
    void rfmScoresShareTiesAndFollowTheBands() {
        RfmScores rfm = RfmScores.of(history);
        // Last days, distinct: 01-31 (2), 03-15 (4), 04-20 (1), 05-05 (5), 05-10 (3) -> 1 2 3 4 5.
        assertThat(column(rfm::recency)).containsExactly(3, 1, 5, 2, 4);
        assertThat(column(rfm::frequency)).containsExactly(3, 1, 3, 1, 1); // 4, 1, 4, 1, 1 orders
        // Values: 350, 40, 300, 10, 70.
        assertThat(column(rfm::monetary)).containsExactly(5, 2, 4, 1, 3);
        RfmGrid grid = RfmGrid.of(history, rfm);
        assertThat(grid.of(RfmName.NEED_ATTENTION)).singleElement().satisfies(c -> {
            assertThat(c.customers()).isEqualTo(1); // customer 1: R3 F3
            assertThat(c.value()).isEqualTo(350);
        });
        assertThat(grid.cells().stream().mapToInt(RfmGrid.Cell::customers).sum())
                .isEqualTo(5);
    }

    @Test
    void equalValuesShareAScoreHoweverMany() {
        ShopHistory.Builder shop = new ShopHistory.Builder();
        for (int c = 1; c <= 100; c++) {
            TinyShop.order(
                    shop, c, c <= 90 ? "2026-01-01" : "2026-02-0" + (c % 5 + 1), c <= 90 ? 10 : c, c <= 90 ? 10 : c);
        }
        RfmScores rfm = RfmScores.of(shop.build());
        assertThat(IntStream.range(0, 90).map(rfm::recency).distinct()).containsExactly(1);
        assertThat(IntStream.range(0, 90).map(rfm::monetary).distinct()).containsExactly(1);
        assertThat(IntStream.range(90, 100).map(rfm::monetary).max()).hasValue(5);
        assertThat(Arrays.stream(new int[] {1, 2, 3, 4, 5, 9, 10, 400}).map(RfmScores::frequencyBand))
                .containsExactly(1, 2, 3, 3, 4, 4, 5, 5);
    }

    @Test
    void everyPairOfScoresHasOneName() {
        for (int r = 1; r <= 5; r++) {
            for (int f = 1; f <= 5; f++) {
                assertThat(RfmName.of(r, f)).isNotNull();
            }
        }
        assertThat(RfmName.of(1, 5)).isEqualTo(RfmName.CANNOT_LOSE);
        assertThat(RfmName.of(2, 3)).isEqualTo(RfmName.AT_RISK);
        assertThat(RfmName.of(4, 1)).isEqualTo(RfmName.PROMISING);
        assertThat(RfmName.of(5, 1)).isEqualTo(RfmName.NEW);
        assertThat(RfmName.of(5, 3)).isEqualTo(RfmName.POTENTIAL_LOYALISTS);
        assertThat(RfmName.of(4, 5)).isEqualTo(RfmName.LOYAL);
        assertThat(RfmName.of(5, 4)).isEqualTo(RfmName.CHAMPIONS);
        assertThatIllegalArgumentException().isThrownBy(() -> RfmName.of(0, 3));
    }

    @Test
    void ordersOutOfTimeAreRefused() {
        ShopHistory.Builder shop = new ShopHistory.Builder();
        TinyShop.order(shop, 1, "2026-01-02", 1, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> TinyShop.order(shop, 1, "2026-01-01", 1, 1));
    }

    @Test
    void wilsonsIntervalIsThePublishedOne() {
        // 1200 of 40000 (insights' campaign example uses the same interval): 2.84 % to 3.17 %.
        Proportion p = new Proportion(1_200, 40_000);
        assertThat(p.low()).isCloseTo(.02837, offset(5e-5));
        assertThat(p.high()).isCloseTo(.03172, offset(5e-5));
        assertThat(new Proportion(0, 10).low()).isZero();
        assertThat(new Proportion(0, 10).high()).isCloseTo(.2775, offset(5e-4));
        assertThat(new Proportion(10, 10).high()).isEqualTo(1);
        assertThat(new Proportion(0, 0).isKnown()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(3, 2));
    }

    private static int[] column(java.util.function.IntUnaryOperator figures) {
        return IntStream.range(0, 5).map(figures).toArray();
    }
}
