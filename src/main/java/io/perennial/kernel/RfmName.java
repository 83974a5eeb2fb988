package io.perennial.kernel;

import java.util.Arrays;

/** The names of the RFM grid: rectangles of recency × frequency; M is shown as colour only. */
public enum RfmName {
    CHAMPIONS(5, 5, 4, 5),
    LOYAL(3, 4, 4, 5),
    POTENTIAL_LOYALISTS(4, 5, 2, 3),
    NEW(5, 5, 1, 1),
    PROMISING(4, 4, 1, 1),
    NEED_ATTENTION(3, 3, 3, 3),
    ABOUT_TO_SLEEP(3, 3, 1, 2),
    CANNOT_LOSE(1, 2, 5, 5),
    AT_RISK(1, 2, 3, 4),
    HIBERNATING(1, 2, 1, 2);

    private final int recencyFrom;
    private final int recencyTo;
    private final int frequencyFrom;
    private final int frequencyTo;

    RfmName(int recencyFrom, int recencyTo, int frequencyFrom, int frequencyTo) {
        this.recencyFrom = recencyFrom;
        this.recencyTo = recencyTo;
        this.frequencyFrom = frequencyFrom;
        this.frequencyTo = frequencyTo;
    }

    /** The name of a pair of scores, each 1 to 5. */
    public static RfmName of(int recency, int frequency) {
        return Arrays.stream(values())
                .filter(n -> n.recencyFrom <= recency
                        && recency <= n.recencyTo
                        && n.frequencyFrom <= frequency
                        && frequency <= n.frequencyTo)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No scores: " + recency + ", " + frequency));
    }

    public int recencyFrom() {
        return recencyFrom;
    }

    public int recencyTo() {
        return recencyTo;
    }

    public int frequencyFrom() {
        return frequencyFrom;
    }

    public int frequencyTo() {
        return frequencyTo;
    }
}
