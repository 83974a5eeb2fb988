package io.perennial.delivery;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Processor time of this process's just-in-time compiler, from what Linux says of its threads ({@code proc(5)}, hundredths
 * of a second); none elsewhere. The threads come and go with the work, so they are to be looked at now and then.
 */
final class BenchCompilers {

    private static final Path THREADS = Path.of("/proc/self/task");

    private static final long TICK = 10_000_000;

    /** Of threads by their number, in ticks. */
    private final Map<String, Long> before = new ConcurrentHashMap<>();

    private final Map<String, Long> now = new ConcurrentHashMap<>();

    BenchCompilers() {
        look();
        before.putAll(now);
    }

    /** Since this was made. */
    Duration spent() {
        look();
        long ticks = now.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum();
        return Duration.ofNanos(ticks * TICK);
    }

    void look() {
        if (!Files.isDirectory(THREADS)) {
            return;
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                read(thread);
            }
        } catch (IOException e) {
            // What was seen before stands.
        }
    }

    private void read(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
            if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                now.put(thread.getFileName().toString(), Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
            }
        } catch (IOException e) {
            // It has just ended.
        }
    }
}
