package io.perennial.insights.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the models say, checked against evaluations that share no code with them. */
class PurchaseModelsTest {

    /** Three dozen made-up customers: x, tx, age in days. */
    private static final int[][] CUSTOMERS = {
        {0, 0, 400},
        {0, 0, 380},
        {0, 0, 365},
        {0, 0, 350},
        {0, 0, 300},
        {0, 0, 280},
        {0, 0, 250},
        {0, 0, 210},
        {0, 0, 150},
        {0, 0, 90},
        {0, 0, 45},
        {0, 0, 10},
        {1, 30, 400},
        {1, 80, 390},
        {1, 12, 300},
        {1, 150, 260},
        {1, 60, 100},
        {1, 20, 45},
        {2, 90, 400},
        {2, 200, 380},
        {2, 40, 300},
        {2, 240, 270},
        {3, 310, 400},
        {3, 120, 350},
        {3, 200, 215},
        {4, 350, 390},
        {4, 60, 330},
        {5, 280, 400},
        {5, 200, 240},
        {6, 390, 400},
        {7, 300, 360},
        {8, 350, 400},
        {9, 100, 390},
        {12, 380, 395},
        {15, 395, 400},
        {21, 370, 400}
    };

    private final PurchaseHistories histories = histories();

    @Test
    void bgNbdsOptimumHasNoSlopeAndNothingNearbyIsBetter() {
        Fit<BgNbd> fit = BgNbd.fit(histories);
        BgNbd m = fit.model();
        assertOptimal(
                fit.logLikelihood(),
                new double[] {m.r(), m.alpha(), m.a(), m.b()},
                p -> bruteForce(p, PurchaseModelsTest::bgLikelihood));
        assertThat(fit.converged()).isTrue();
    }

    @Test
    void mbgNbdsOptimumHasNoSlopeAndNothingNearbyIsBetter() {
        Fit<MbgNbd> fit = MbgNbd.fit(histories);
        MbgNbd m = fit.model();
        assertOptimal(
                fit.logLikelihood(),
                new double[] {m.r(), m.alpha(), m.a(), m.b()},
                p -> bruteForce(p, PurchaseModelsTest::mbgLikelihood));
        assertThat(fit.converged()).isTrue();
    }

    @Test
    void analyticGradientsAreThoseOfDifferences() {
        double[] p = {.6, 25, .9, 2.2};
        assertGradient(p, (q, g) -> BgNbd.averageLogLikelihood(histories, 1, q, g));
        assertGradient(p, (q, g) -> MbgNbd.averageLogLikelihood(histories, 1, q, g));
        Spending spending = spending(new Random(7), 200, 5, 4, 60);
        assertGradient(new double[] {4, 3, 50}, (q, g) -> GammaGamma.averageLogLikelihood(spending, 1, q, g));
    }

    @Test
    void theUnitOfTimeChangesOnlyAlpha() {
        PurchaseHistories.Builder builder = new PurchaseHistories.Builder();
        for (int[] c : CUSTOMERS) {
            builder.add(c[0], c[1], c[2]);
        }
        MbgNbd days = MbgNbd.fit(builder.inDays()).model();
        MbgNbd weeks = MbgNbd.fit(builder.inWeeks()).model();
        assertThat(weeks.alpha() * 7).isCloseTo(days.alpha(), offset(1e-4 * days.alpha()));
        assertThat(weeks.expectedPurchases(3, 10, 12, 4))
                .isCloseTo(days.expectedPurchases(3, 70, 84, 28), offset(1e-5));
    }

    @Test
    void identicalHistoriesAreGroupedAndWeighted() {
        PurchaseHistories grouped = new PurchaseHistories.Builder()
                .add(1, 5, 9)
                .add(0, 0, 9)
                .add(1, 5, 9)
                .add(1, 5, 9)
                .inDays();
        assertThat(grouped.customers()).isEqualTo(4);
        assertThat(grouped.groups()).isEqualTo(2);
        assertThat(grouped.weight(1)).isEqualTo(3);
        assertThat(grouped.x(1)).isEqualTo(1);
        assertThat(grouped.tx(1)).isEqualTo(5);
        assertThat(grouped.age(1)).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 9, 5", // last after now
        "-1, 0, 5",
        "1, 0, 5", // a repeat on the day of the first
        "0, 3, 5" // an age at the last repeat without one
    })
    void whatIsNoHistoryIsRefused(int x, int tx, int age) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PurchaseHistories.Builder().add(x, tx, age));
    }

    @Test
    void nobodyCannotBeFittedOn() {
        PurchaseHistories nobody = new PurchaseHistories.Builder().inDays();
        assertThatIllegalArgumentException().isThrownBy(() -> MbgNbd.fit(nobody));
        assertThatIllegalArgumentException().isThrownBy(() -> GammaGamma.fit(new Spending()));
    }

    @Test
    void aShopOfOneTimeBuyersEndsWithoutNonsense() {
        PurchaseHistories.Builder builder = new PurchaseHistories.Builder();
        for (int i = 0; i < 100; i++) {
            builder.add(0, 0, 100 + i);
        }
        MbgNbd m = MbgNbd.fit(builder.inDays()).model();
        assertThat(m.expectedPurchases(0, 0, 150, 90)).isBetween(0.0, 0.05);
        assertThat(m.churnWithin(0, 0, 150, 90)).isBetween(0.95, 1.0);
    }

    /**
     * An independent way to the expectation: while alive, the rate is Gamma(r+x, α+T) and the drop-out Beta(a, b+x)
     * (b+x+1 for MBG/NBD), so E = P(alive)·∫ Beta(p)·(1 − ((α+T)/(α+T+pt))^(r+x))/p dp.
     */
    @ParameterizedTest
    @CsvSource({
        // r, alpha, a, b, x, tx, age, t: the paper's customer; others; a = 1; x = 600, where 2F1 overflows; c < 0
        ".243, 4.414, .793, 2.426, 2, 30.43, 38.86, 39",
        ".243, 4.414, .793, 2.426, 0, 0, 38.86, 39",
        ".243, 4.414, 1, 2.426, 2, 30.43, 38.86, 39",
        ".243, 4.414, 1.0000001, 2.426, 2, 30.43, 38.86, 39",
        ".525, 6.183, .891, 1.614, 600, 38, 38.86, 39",
        ".525, 6.183, 1, 1.614, 600, 38, 38.86, 500",
        ".525, 6.183, .3, .4, 0, 0, 38.86, 39",
        ".525, 6.183, .3, .4, 0, 0, .5, 2000",
        "3.2, 90, 2.5, 8, 12, 300, 310, 365",
        "6, 200, .2, 30, 25, 700, 720, 90",
        ".05, 3, .2, 1.5, 1, 2, 3000, 365"
    })
    void expectationsEqualANumericalIntegral(
            double r, double alpha, double a, double b, int x, double tx, double age, double t) {
        BgNbd bg = new BgNbd(r, alpha, a, b);
        MbgNbd mbg = new MbgNbd(r, alpha, a, b);
        double bgAlive = bgAlive(r, alpha, a, b, x, tx, age);
        double mbgAlive = mbgAlive(r, alpha, a, b, x, tx, age);
        assertThat(bg.probabilityAlive(x, tx, age)).isCloseTo(bgAlive, offset(1e-12));
        assertThat(mbg.probabilityAlive(x, tx, age)).isCloseTo(mbgAlive, offset(1e-12));
        double bgExpected = bgAlive * integral(r + x, alpha + age, a, b + x, t);
        double mbgExpected = mbgAlive * integral(r + x, alpha + age, a, b + x + 1, t);
        assertThat(bg.expectedPurchases(x, tx, age, t)).isCloseTo(bgExpected, offset(1e-8 * Math.max(1, bgExpected)));
        assertThat(mbg.expectedPurchases(x, tx, age, t))
                .isCloseTo(mbgExpected, offset(1e-8 * Math.max(1, mbgExpected)));
    }

    @Test
    void churnIsTheChanceOfNoPurchaseWhetherGoneOrWaiting() {
        MbgNbd m = new MbgNbd(.525, 6.183, .891, 1.614);
        double alive = m.probabilityAlive(3, 20, 39);
        double silent = Math.pow((6.183 + 39) / (6.183 + 39 + 13), 3.525);
        assertThat(m.churnWithin(3, 20, 39, 13)).isCloseTo(1 - alive + alive * silent, offset(1e-12));
        assertThat(m.churnWithin(3, 20, 39, 0)).isEqualTo(1);
        assertThat(m.churnWithin(3, 20, 39, 1e9)).isCloseTo(1 - alive, offset(1e-12));
    }

    @Test
    void onlyMbgDoubtsOneTimeBuyers() {
        assertThat(new BgNbd(.243, 4.414, .793, 2.426).probabilityAlive(0, 0, 1_000))
                .isEqualTo(1);
        assertThat(new MbgNbd(.525, 6.183, .891, 1.614).probabilityAlive(0, 0, 1_000))
                .isLessThan(.2);
    }

    @Test
    void moreTimeBringsMorePurchasesAndNoTimeNone() {
        MbgNbd m = new MbgNbd(.525, 6.183, .891, 1.614);
        double before = 0;
        assertThat(m.expectedPurchases(4, 30, 39, 0)).isZero();
        for (int t = 1; t < 3_000; t += 50) {
            double now = m.expectedPurchases(4, 30, 39, t);
            assertThat(now).isGreaterThan(before);
            before = now;
        }
    }

    @Test
    void gammaGammaFindsTheParametersItsDataWereDrawnFrom() {
        Spending spending = spending(new Random(42), 60_000, 6, 4, 16);
        Fit<GammaGamma> fit = GammaGamma.fit(spending);
        assertThat(fit.converged()).isTrue();
        assertThat(fit.model().p()).isCloseTo(6, offset(.5));
        assertThat(fit.model().q()).isCloseTo(4, offset(.2));
        assertThat(fit.model().v()).isCloseTo(16, offset(1.5));
        // The truth is less likely than the fit, but not more so than chance allows (χ² with 3 degrees, p = .001).
        assertThat(fit.logLikelihood() - new GammaGamma(6, 4, 16).logLikelihood(spending))
                .isBetween(0.0, 8.13);
    }

    @Test
    void fewOrdersAreDrawnTowardsEverybodysMean() {
        GammaGamma m = new GammaGamma(6.25, 3.74, 15.44);
        double everybody = 6.25 * 15.44 / 2.74;
        assertThat(m.expectedValue(0, 0)).isCloseTo(everybody, offset(1e-12));
        assertThat(m.expectedValue(1, 100)).isBetween(everybody, 100.0);
        assertThat(m.expectedValue(50, 100)).isBetween(m.expectedValue(1, 100), 100.0);
        assertThatIllegalStateException().isThrownBy(() -> new GammaGamma(2, .9, 10).expectedValue(1, 10));
    }

    @Test
    void lifetimeValueDiscountsLaterPurchases() {
        MbgNbd m = new MbgNbd(.8, 60, .5, 3);
        double plain = m.expectedPurchases(5, 300, 310, 365);
        double none = new LifetimeValue(m, 365, 12, 0).discountedPurchases(5, 300, 310);
        double tenPercent = LifetimeValue.ofNextYear(m).discountedPurchases(5, 300, 310);
        assertThat(none).isCloseTo(plain, offset(1e-12));
        assertThat(tenPercent).isBetween(plain / 1.1, plain / Math.pow(1.1, 1 / 12.0));
    }

    private static PurchaseHistories histories() {
        PurchaseHistories.Builder builder = new PurchaseHistories.Builder();
        for (int[] c : CUSTOMERS) {
            builder.add(c[0], c[1], c[2]);
        }
        return builder.inDays();
    }

    /** The gradient vanishes by differences, and 4,000 random points around and far away are worse. */
    private static void assertOptimal(double reached, double[] p, Function<double[], Double> likelihood) {
        assertThat(likelihood.apply(p)).isCloseTo(reached, offset(1e-8));
        Random random = new Random(1);
        for (int i = 0; i < p.length; i++) {
            double[] up = p.clone();
            double[] down = p.clone();
            up[i] *= Math.exp(1e-4);
            down[i] *= Math.exp(-1e-4);
            assertThat((likelihood.apply(up) - likelihood.apply(down)) / 2e-4).isCloseTo(0, offset(2e-4));
        }
        for (int k = 0; k < 4_000; k++) {
            double[] other = p.clone();
            double spread = k % 2 == 0 ? .02 : 1.5;
            for (int i = 0; i < p.length; i++) {
                other[i] *= Math.exp(spread * random.nextGaussian());
            }
            assertThat(likelihood.apply(other)).isLessThanOrEqualTo(reached + 1e-9);
        }
    }

    private static void assertGradient(double[] p, Objective objective) {
        double[] gradient = new double[p.length];
        double[] ignored = new double[p.length];
        objective.at(p, gradient);
        for (int i = 0; i < p.length; i++) {
            double h = 1e-5 * p[i];
            double[] up = p.clone();
            double[] down = p.clone();
            up[i] += h;
            down[i] -= h;
            assertThat((objective.at(up, ignored) - objective.at(down, ignored)) / (2 * h))
                    .isCloseTo(gradient[i], offset(1e-6));
        }
    }

    private interface Likelihood {
        double of(double[] p, int x, double tx, double age);
    }

    private static double bruteForce(double[] p, Likelihood likelihood) {
        double sum = 0;
        for (int[] c : CUSTOMERS) {
            sum += Math.log(likelihood.of(p, c[0], c[1], c[2]));
        }
        return sum;
    }

    /** The likelihood as the paper writes it, by gamma functions and without logarithms. */
    private static double bgLikelihood(double[] p, int x, double tx, double age) {
        double alive = beta(p[2], p[3] + x) / beta(p[2], p[3]) * poisson(p, x, age);
        double gone = x == 0 ? 0 : beta(p[2] + 1, p[3] + x - 1) / beta(p[2], p[3]) * poisson(p, x, tx);
        return alive + gone;
    }

    private static double mbgLikelihood(double[] p, int x, double tx, double age) {
        return beta(p[2], p[3] + x + 1) / beta(p[2], p[3]) * poisson(p, x, age)
                + beta(p[2] + 1, p[3] + x) / beta(p[2], p[3]) * poisson(p, x, tx);
    }

    private static double poisson(double[] p, int x, double end) {
        return Math.exp(gamma(p[0] + x) - gamma(p[0]) + p[0] * Math.log(p[1]) - (p[0] + x) * Math.log(p[1] + end));
    }

    private static double bgAlive(double r, double alpha, double a, double b, int x, double tx, double age) {
        return x == 0 ? 1 : 1 / (1 + a / (b + x - 1) * Math.pow((alpha + age) / (alpha + tx), r + x));
    }

    private static double mbgAlive(double r, double alpha, double a, double b, int x, double tx, double age) {
        return 1 / (1 + a / (b + x) * Math.pow((alpha + age) / (alpha + tx), r + x));
    }

    /** By the double exponential rule, which the singularities at both ends do not disturb. */
    private static double integral(double shape, double elapsed, double a, double b, double t) {
        double step = 1 / 512.0;
        double logBeta = gamma(a) + gamma(b) - gamma(a + b);
        double sum = 0;
        for (int k = -6 * 512; k <= 6 * 512; k++) {
            double s = Math.PI * Math.sinh(k * step);
            double logP = -Math.log1p(Math.exp(-s));
            double logQ = -Math.log1p(Math.exp(s));
            double density = Math.exp(a * logP + b * logQ - logBeta) * Math.PI * Math.cosh(k * step);
            if (density > 0 && Double.isFinite(logP) && Double.isFinite(logQ)) {
                sum += density * purchases(shape, elapsed, Math.exp(logP), t) * step;
            }
        }
        return sum;
    }

    private static double purchases(double shape, double elapsed, double p, double t) {
        return p == 0 ? shape * t / elapsed : -Math.expm1(-shape * Math.log1p(p * t / elapsed)) / p;
    }

    private static double beta(double a, double b) {
        return Math.exp(gamma(a) + gamma(b) - gamma(a + b));
    }

    /** ln Γ by Stirling's series after a shift, not the library's that the models use. */
    private static double gamma(double z) {
        double shift = 0;
        while (z < 30) {
            shift -= Math.log(z++);
        }
        double i = 1 / (z * z);
        return shift
                + (z - .5) * Math.log(z)
                - z
                + .5 * Math.log(2 * Math.PI)
                + (1.0 / 12 - i * (1.0 / 360 - i * (1.0 / 1260 - i / 1680))) / z;
    }

    private static Spending spending(Random random, int customers, double p, double q, double v) {
        Spending spending = new Spending();
        for (int i = 0; i < customers; i++) {
            int x = 1 + random.nextInt(8);
            double rate = gammaDraw(random, q) / v;
            spending.add(x, gammaDraw(random, p * x) / rate / x);
        }
        return spending;
    }

    /** Marsaglia and Tsang's draw from Gamma(shape, 1), for shapes of at least 1. */
    private static double gammaDraw(Random random, double shape) {
        double d = shape - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal = random.nextGaussian();
            double cube = Math.pow(1 + c * normal, 3);
            if (cube > 0 && Math.log(random.nextDouble()) < .5 * normal * normal + d - d * cube + d * Math.log(cube)) {
                return d * cube;
            }
        }
    }
}
