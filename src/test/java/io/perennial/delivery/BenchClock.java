package io.perennial.delivery;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Adds up the processor time of workers by stage. */
final class BenchClock implements StageClock {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ThreadLocal<Long> last = ThreadLocal.withInitial(THREADS::getCurrentThreadCpuTime);
    private final Map<Stage, LongAdder> spent = new EnumMap<>(Stage.class);

    BenchClock() {
        for (Stage stage : Stage.values()) {
            spent.put(stage, new LongAdder());
        }
    }

    @Override
    public void lap(Stage stage) {
        long now = THREADS.getCurrentThreadCpuTime();
        spent.get(stage).add(now - last.get());
        last.set(now);
    }

    /** Microseconds a message, stage by stage. */
    String words(long messages, double load) {
        return spent.entrySet().stream()
                .map(e -> e.getKey() == Stage.COMPOSE
                        ? "load %.0f, render %.0f"
                                .formatted(load, Math.max(0, e.getValue().sum() / 1e3 / messages - load))
                        : "%s %.0f"
                                .formatted(
                                        e.getKey().name().toLowerCase(java.util.Locale.ROOT),
                                        e.getValue().sum() / 1e3 / messages))
                .collect(Collectors.joining(", "));
    }
}
