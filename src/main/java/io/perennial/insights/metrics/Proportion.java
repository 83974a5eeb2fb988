package io.perennial.insights.metrics;

/**
 * A share with its 95 % interval by Wilson's score, which stays within 0 and 1 and holds for few observations too.
 *
 * @param count how many did
 * @param of out of how many
 */
public record Proportion(long count, long of) {

    private static final double Z = 1.959963984540054;

    public Proportion {
        if (count < 0 || of < count) {
            throw new IllegalArgumentException("Not a proportion: " + count + " of " + of);
        }
    }

    public boolean isKnown() {
        return of > 0;
    }

    /** Between 0 and 1; NaN of nobody. */
    public double share() {
        return (double) count / of;
    }

    public double low() {
        return count == 0 ? 0 : Math.max(0, centre() - margin());
    }

    public double high() {
        return count == of ? 1 : Math.min(1, centre() + margin());
    }

    private double centre() {
        return (share() + Z * Z / (2 * of)) / (1 + Z * Z / of);
    }

    private double margin() {
        double p = share();
        return Z / (1 + Z * Z / of) * Math.sqrt(p * (1 - p) / of + Z * Z / (4.0 * of * of));
    }
}
