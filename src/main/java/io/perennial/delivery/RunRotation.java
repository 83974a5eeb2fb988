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
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Whose turn it is: tenants in turn by weight, and within a tenant its runs in turn, so that a million messages of one do
 * not hold up ten of another. Each tenant has a clock of its own that its messages move on, slower for a greater weight;
 * the one whose clock is furthest behind is next. A turn is about two seconds long, however slow the server is, so a
 * newcomer waits for no more than that; turns start small and grow.
 */
final class RunRotation {

    private static final int FIRST_TURN = 16;
    private static final double TURN_NANOS = 2e9;
    /** A parked run is asked again after this at the latest: its limit may have been raised. */
    private static final long LONGEST_PARKING = Duration.ofSeconds(5).toNanos();

    private final Supplier<List<Run>> source;
    private final ToIntFunction<TenantId> weights;
    private final int most;
    private final long keptNanos;
    private final Map<TenantId, Double> clocks = new HashMap<>();
    private final Map<Run.Key, Long> runServed = new HashMap<>();
    private final Map<Run.Key, Integer> sizes = new HashMap<>();
    private final Map<Run.Key, Long> parked = new HashMap<>();
    private final Set<Run.Key> dry = new HashSet<>();
    private List<Run> runs = List.of();
    private long readAt;
    private boolean stale = true;
    private long turns;
    /** Where the clock of the tenant served last stood: nobody's falls further behind, so idle time is not saved up. */
    private double now;

    RunRotation(Supplier<List<Run>> source, Duration kept) {
        this(source, tenant -> 1, 400, kept);
    }

    /**
     * @param source the runs that are being sent
     * @param weights a tenant's share, at least 1
     * @param most messages in a turn
     */
    RunRotation(Supplier<List<Run>> source, ToIntFunction<TenantId> weights, int most, Duration kept) {
        this.source = source;
        this.weights = weights;
        this.most = most;
        this.keptNanos = kept.toNanos();
    }

    /** The run to serve next, or none that may have work. */
    Optional<Run> next() {
        return next(run -> true);
    }

    /** The same, of those that can go just now. */
    synchronized Optional<Run> next(Predicate<Run> canGo) {
        if (stale || System.nanoTime() - readAt > keptNanos) {
            refresh();
        }
        long time = System.nanoTime();
        parked.values().removeIf(until -> time - until >= 0);
        Optional<Run> next = runs.stream()
                .filter(run -> !dry.contains(run.key()) && !parked.containsKey(run.key()) && canGo.test(run))
                .min(Comparator.<Run>comparingDouble(run -> clockOf(run.tenant()))
                        .thenComparingLong(run -> runServed.getOrDefault(run.key(), 0L)));
        next.ifPresent(run -> {
            now = Math.max(now, clockOf(run.tenant()));
            runServed.put(run.key(), ++turns);
            moveOn(run, sizeOf(run));
        });
        return next;
    }

    /** How many messages are a turn of this run. */
    synchronized int turnOf(Run run) {
        return sizeOf(run);
    }

    /**
     * A turn is over.
     *
     * @param turn what {@link #turnOf} said
     * @param messages how many it was really
     */
    synchronized void served(Run run, int turn, int messages, long nanos) {
        moveOn(run, messages - turn);
        if (messages > 0) {
            double fitting = TURN_NANOS * messages / Math.max(1, nanos);
            sizes.put(run.key(), (int) Math.max(1, Math.min(2.0 * sizeOf(run), fitting)));
        }
    }

    /** Nothing is waiting in this run just now. */
    synchronized void ranDry(Run run) {
        dry.add(run.key());
    }

    /** Whether nothing was waiting in it when somebody looked last. */
    synchronized boolean isDry(Run run) {
        return dry.contains(run.key());
    }

    /** It may not send for so long. */
    synchronized void park(Run run, Duration wait) {
        moveOn(run, -sizeOf(run));
        long nanos = wait.compareTo(Duration.ofNanos(LONGEST_PARKING)) > 0 ? LONGEST_PARKING : wait.toNanos();
        parked.put(run.key(), System.nanoTime() + Math.max(1_000_000, nanos));
    }

    /** Something changed: look again. */
    synchronized void expire() {
        stale = true;
    }

    private double clockOf(TenantId tenant) {
        return Math.max(now, clocks.getOrDefault(tenant, now));
    }

    private void moveOn(Run run, int messages) {
        double by = (double) messages / Math.max(1, weights.applyAsInt(run.tenant()));
        clocks.put(run.tenant(), clockOf(run.tenant()) + by);
    }

    private int sizeOf(Run run) {
        return Math.min(most, sizes.getOrDefault(run.key(), FIRST_TURN));
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
        sizes.keySet().retainAll(keys);
        parked.keySet().retainAll(keys);
        clocks.keySet().retainAll(tenants);
        readAt = System.nanoTime();
        stale = false;
    }
}
