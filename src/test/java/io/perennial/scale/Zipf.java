package io.perennial.scale;

import java.util.Arrays;

/** Popularity by rank: the first is asked for twice as often as the second and three times as often as the third. */
final class Zipf {

    private final double[] cumulative;

    Zipf(int count, double exponent) {
        cumulative = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.pow(i + 1, -exponent);
            cumulative[i] = sum;
        }
    }

    int size() {
        return cumulative.length;
    }

    /** A rank from 0. */
    int draw(Dice dice) {
        int at = Arrays.binarySearch(cumulative, dice.share() * cumulative[cumulative.length - 1]);
        return Math.min(at < 0 ? -at - 1 : at, cumulative.length - 1);
    }
}
