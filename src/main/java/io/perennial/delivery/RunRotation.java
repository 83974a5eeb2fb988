package io.perennial.delivery;

import io.perennial.kernel.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whose turn it is: tenants in turn, and within a tenant its runs in turn, so that a million messages of one do not hold
 * up ten of another.
 */
final class RunRotation {

    private final Supplier<List<Run>> source;
    private final long keptNanos;
    private final Map<TenantId, Long> tenantServed = new HashMap<>();
    private final Map<Run.Key, Long> runServed = new HashMap<>();
    private final Set<Run.Key> dry = new HashSet<>();
    private List<Run> runs = List.of();
    private long readAt;
    private boolean stale = true;
    private long turns;

    /**
     * @param source the runs that are being sent
     */
    RunRotation(Supplier<List<Run>> source, Duration kept) {
        this.source = source;
        this.keptNanos = kept.toNanos();
    }

    /** The run to serve next, or none that may have work. */
    synchronized Optional<Run> next() {
        if (stale || System.nanoTime() - readAt > keptNanos) {
            refresh();
        }
        Optional<Run> next = runs.stream()
                .filter(run -> !dry.contains(run.key()))
                .min(Comparator.<Run>comparingLong(run -> tenantServed.getOrDefault(run.tenant(), 0L))
                        .thenComparingLong(run -> runServed.getOrDefault(run.key(), 0L)));
        next.ifPresent(run -> {
            turns++;
            tenantServed.put(run.tenant(), turns);
            runServed.put(run.key(), turns);
        });
        return next;
    }

    /** Nothing is waiting in this run just now. */
    synchronized void ranDry(Run run) {
        dry.add(run.key());
    }

    /** Whether nothing was waiting in it when somebody looked last. */
    synchronized boolean isDry(Run run) {
        return dry.contains(run.key());
    }

    /** Something changed: look again. */
    synchronized void expire() {
        stale = true;
    }

    private void refresh() {
        runs = new ArrayList<>(source.get());
        dry.clear();
        Set<Run.Key> keys = new HashSet<>();
        Set<TenantId> tenants = new HashSet<>();
        for (Run run : runs) {
            keys.add(run.key());
            tenants.add(run.tenant());
        }
        runServed.keySet().retainAll(keys);
        tenantServed.keySet().retainAll(tenants);
        readAt = System.nanoTime();
        stale = false;
    }
}
