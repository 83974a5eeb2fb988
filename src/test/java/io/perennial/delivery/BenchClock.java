package io.perennial.delivery;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

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

    /** Microseconds a message of one stage. */
    double micros(Stage stage, long messages) {
        return spent.get(stage).sum() / 1e3 / messages;
    }
}
