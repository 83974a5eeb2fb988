package io.perennial.insights.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fits on CDNOW's raw file reproduce what was published. */
class CdnowTest {

    private static List<Cdnow.Customer> customers;
    private static PurchaseHistories histories;

    @BeforeAll
    static void read() {
        customers = Cdnow.customers();
        histories = Cdnow.inWeeks(customers);
    }

    @Test
    void theFileHoldsThePublishedNumberOfCustomers() {
        assertThat(histories.customers()).isEqualTo(2_357);
        assertThat(customers.stream().filter(c -> c.x() > 0)).hasSize(946);
        assertThat(customers.stream().mapToInt(Cdnow.Customer::later).sum()).isEqualTo(1_882);
    }

    @Test
    void bgNbdGivesThePublishedParameters() {
        Fit<BgNbd> fit = BgNbd.fit(histories);
        assertThat(fit.converged()).isTrue();
        // Published as .243, 4.414, .793, 2.426 and −9582.4; the further digits are those of the same optimum.
        assertThat(fit.logLikelihood()).isCloseTo(-9582.4292, offset(1e-3));
        assertThat(fit.model().r()).isCloseTo(.24259, relative(.24259));
        assertThat(fit.model().alpha()).isCloseTo(4.41353, relative(4.41353));
        assertThat(fit.model().a()).isCloseTo(.79293, relative(.79293));
        assertThat(fit.model().b()).isCloseTo(2.42590, relative(2.42590));
    }

    @Test
    void mbgNbdGivesThePublishedParameters() {
        Fit<MbgNbd> fit = MbgNbd.fit(histories);
        assertThat(fit.converged()).isTrue();
        // Published as −9582.13, which is cut, not rounded: at the published parameters it is −9582.1358.
        MbgNbd published = new MbgNbd(.525, 6.183, .891, 1.614);
        assertThat(published.logLikelihood(histories)).isCloseTo(-9582.1358, offset(1e-3));
        assertThat(fit.logLikelihood())
                .isCloseTo(-9582.1357, offset(1e-3))
                .isGreaterThan(published.logLikelihood(histories));
        assertThat(fit.model().r()).isCloseTo(.525, offset(.0005));
        assertThat(fit.model().alpha()).isCloseTo(6.183, offset(.0006));
        assertThat(fit.model().a()).isCloseTo(.891, offset(.0005));
        assertThat(fit.model().b()).isCloseTo(1.614, offset(.0005));
    }

    @Test
    void gammaGammaGivesThePublishedParameters() {
        Spending spending = new Spending();
        customers.forEach(c -> spending.add(c.mean() > 0 ? c.x() : 0, c.mean()));
        Fit<GammaGamma> fit = GammaGamma.fit(spending);
        assertThat(fit.converged()).isTrue();
        assertThat(fit.logLikelihood()).isCloseTo(-4055.92, offset(.005));
        assertThat(fit.model().p()).isCloseTo(6.25, offset(.00625));
        assertThat(fit.model().q()).isCloseTo(3.74, offset(.005));
        assertThat(fit.model().v()).isCloseTo(15.44, offset(.01544));
    }

    @Test
    void theHoldOutTableByCalibrationFrequencyIsThePublishedOne() {
        BgNbd model = BgNbd.fit(histories).model();
        double[] actual = new double[8];
        double[] expected = new double[8];
        int[] count = new int[8];
        double total = 0;
        for (Cdnow.Customer c : customers) {
            int bucket = Math.min(c.x(), 7);
            double forecast = model.expectedPurchases(c.x(), c.tx() / 7.0, c.age() / 7.0, 39);
            count[bucket]++;
            actual[bucket] += c.later();
            expected[bucket] += forecast;
            total += forecast;
        }
        for (int i = 0; i < 8; i++) {
            actual[i] /= count[i];
            expected[i] /= count[i];
        }
        assertThat(actual)
                .containsExactly(
                        new double[] {.237, .697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359}, Offset.offset(.0005));
        assertThat(expected)
                .containsExactly(
                        new double[] {.225, .523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157}, Offset.offset(.001));
        assertThat(total).isCloseTo(1_653, offset(.5));
    }

    @Test
    void theCustomerOfThePaperIsExpectedToBuy1226Times() {
        BgNbd published = new BgNbd(.243, 4.414, .793, 2.426);
        assertThat(published.expectedPurchases(2, 30.43, 38.86, 39)).isCloseTo(1.226, within(.0005));
    }

    @Test
    void fittingIsQuick() {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            MbgNbd.fit(histories);
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
        long start = System.nanoTime();
        Fit<BgNbd> fit = BgNbd.fit(histories);
        System.out.printf(
                "CDNOW: %d customers, %d groups; MBG/NBD in %.1f ms, BG/NBD in %.1f ms (%d iterations)%n",
                histories.customers(), histories.groups(), best, (System.nanoTime() - start) / 1e6, fit.iterations());
        assertThat(best).isLessThan(2_000);
    }

    private static Offset<Double> relative(double expected) {
        return offset(1e-3 * expected);
    }
}
