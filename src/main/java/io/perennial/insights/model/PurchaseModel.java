package io.perennial.insights.model;

/**
 * A buy-till-you-die model with known parameters: what it says of one customer, given their history. A history is
 * {@code x} repeat purchase days, {@code tx} the age at the last of them (0 without one) and {@code age} the time since
 * the first purchase, with {@code 0 <= tx <= age}.
 */
public interface PurchaseModel {

    /** The probability that the customer has not left by now. */
    double probabilityAlive(int x, double tx, double age);

    /** The expected number of purchase days in the next {@code t}. */
    double expectedPurchases(int x, double tx, double age, double t);

    /** The probability of no purchase in the next {@code t}, whether they have left or just wait. */
    double churnWithin(int x, double tx, double age, double t);

    /** The log-likelihood of everybody's history. */
    double logLikelihood(PurchaseHistories histories);
}
