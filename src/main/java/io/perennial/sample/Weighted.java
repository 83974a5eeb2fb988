package io.perennial.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A list to draw from, some things more often than others. */
final class Weighted<T> {

    private final List<T> things;
    private final double[] upTo;

    Weighted(List<T> things, ToDoubleFunction<T> weight) {
        this.things = List.copyOf(things);
        this.upTo = new double[things.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += weight.applyAsDouble(things.get(i));
            upTo[i] = sum;
        }
    }

    /** Ordered from common to rare, as lists of names are: the weight falls with the place. */
    static <T> Weighted<T> byRank(List<T> things) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < things.size(); i++) {
            places.add(i);
        }
        Weighted<Integer> ranks = new Weighted<>(places, place -> 1.0 / (place + 12));
        return new Weighted<>(things, ranks.upTo);
    }

    private Weighted(List<T> things, double[] upTo) {
        this.things = List.copyOf(things);
        this.upTo = upTo;
    }

    T draw(Draw draw) {
        int found = Arrays.binarySearch(upTo, draw.uniform() * upTo[upTo.length - 1]);
        return things.get(Math.min(found < 0 ? -found - 1 : found, things.size() - 1));
    }
}
