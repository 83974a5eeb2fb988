package io.perennial.segments;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/** How long something took each time, in milliseconds. */
final class BenchTimes {

    private final List<Double> millis = new ArrayList<>();

    /** Does it once unmeasured, then so many times. */
    void measure(int times, IntConsumer work) {
        work.accept(0);
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            work.accept(i);
            millis.add((System.nanoTime() - began) / 1e6);
        }
    }

    void add(BenchTimes others) {
        millis.addAll(others.millis);
    }

    private double percentile(double share) {
        List<Double> sorted = millis.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "min %,7.1f  p50 %,7.1f  p95 %,7.1f ms",
                percentile(1e-9),
                percentile(0.5),
                percentile(0.95));
    }
}
