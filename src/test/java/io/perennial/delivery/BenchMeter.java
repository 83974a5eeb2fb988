package io.perennial.delivery;

import com.sun.management.OperatingSystemMXBean;
import io.perennial.support.ThreadKinds;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a stretch of work took: time on the clock, processor time of each process that has a part in it, and heap. */
final class BenchMeter {

    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Also one that a loader starts by its own name. */
    private static final Pattern SERVER = Pattern.compile("(?:^|\\s)\\S*/(?:mysqld|mariadbd)(?:\\s|$)");

    private final ProcessHandle sink;
    private final @Nullable Long database;
    private final AtomicLong heap = new AtomicLong();
    private final ThreadKinds threads;
    private final Thread sampler;
    private final long began;
    private final Duration ownCpu;
    private final Duration sinkCpu;
    private final Map<Long, Duration> databaseCpu;

    /**
     * Processor time and heap of a stretch.
     *
     * @param database of the server in use; where its process is not to be seen from here, of every MySQL or MariaDB
     *     server on this machine
     * @param threads what of {@code own} the compiler and the collector took
     * @param peakHeap in bytes
     */
    record Reading(
            double seconds,
            Duration own,
            ThreadKinds threads,
            Duration sink,
            Duration database,
            long peakHeap,
            double load) {

        static double micros(Duration cpu, long messages) {
            return cpu.toNanos() / 1e3 / messages;
        }
    }

    /** @param database its process, where it is known */
    BenchMeter(ProcessHandle sink, @Nullable Long database) {
        this.sink = sink;
        this.database = database;
        System.gc();
        this.threads = new ThreadKinds();
        this.sampler = Thread.ofPlatform().daemon().start(this::sample);
        this.ownCpu = Duration.ofNanos(MACHINE.getProcessCpuTime());
        this.sinkCpu = cpu(sink);
        this.databaseCpu = databases();
        this.began = System.nanoTime();
    }

    Reading stop() {
        double seconds = (System.nanoTime() - began) / 1e9;
        sampler.interrupt();
        threads.look();
        return new Reading(
                seconds,
                Duration.ofNanos(MACHINE.getProcessCpuTime()).minus(ownCpu),
                threads,
                cpu(sink).minus(sinkCpu),
                databaseSince(),
                heap.get(),
                MACHINE.getSystemLoadAverage());
    }

    private void sample() {
        Runtime runtime = Runtime.getRuntime();
        try {
            for (int look = 1; ; look++) {
                heap.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
                if (look % 50 == 0) { // each second: reading of all threads costs
                    threads.look();
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            // The stretch is over.
        }
    }

    private Map<Long, Duration> databases() {
        if (database != null) {
            return ProcessHandle.of(database)
                    .map(process -> Map.of(process.pid(), cpu(process)))
                    .orElse(Map.of());
        }
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> SERVER.matcher(line).find())
                        .isPresent())
                .collect(Collectors.toMap(ProcessHandle::pid, BenchMeter::cpu));
    }

    /** Of those that were there all the time. */
    private Duration databaseSince() {
        return databases().entrySet().stream()
                .filter(e -> databaseCpu.containsKey(e.getKey()))
                .map(e -> e.getValue().minus(databaseCpu.get(e.getKey())))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration cpu(ProcessHandle process) {
        Optional<Duration> cpu = process.info().totalCpuDuration();
        return cpu.orElse(Duration.ZERO);
    }
}
