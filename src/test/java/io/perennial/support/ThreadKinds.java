package io.perennial.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processor time of this process by what its threads are for: the main one (where a bench works in it), the compiler, the collector. As Linux
 * keeps it; nothing elsewhere. A thread's time is known for as long as it was looked at while it lived.
 */
public class ThreadKinds {

    public enum Kind {
        MAIN("main"),
        COMPILER("C1 ", "C2 "),
        COLLECTOR("GC ", "G1 ", "VM Thread");

        private final List<String> names;

        Kind(String... names) {
            this.names = List.of(names);
        }

        private boolean has(String thread) {
            return names.stream().anyMatch(thread::startsWith);
        }
    }

    private record Seen(Kind kind, long nanos) {}

    private final Map<String, Seen> before;
    private final Map<String, Seen> now = new ConcurrentHashMap<>();
    /** Whose time nobody asks for. */
    private final Set<String> others = ConcurrentHashMap.newKeySet();

    public ThreadKinds() {
        look();
        before = Map.copyOf(now);
    }

    /** Takes note of how far all threads are; to be called now and then, as threads end. */
    public void look() {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            threads.forEach(this::look);
        } catch (IOException e) {
            // Another system.
        }
    }

    private void look(Path thread) {
        String id = thread.getFileName().toString();
        try {
            Seen seen = now.get(id);
            Kind kind = seen != null ? seen.kind() : others.contains(id) ? null : kind(thread);
            if (kind == null) {
                others.add(id);
                return;
            }
            String spent = Files.readString(thread.resolve("schedstat"));
            now.put(id, new Seen(kind, Long.parseLong(spent.substring(0, spent.indexOf(' ')))));
        } catch (IOException e) {
            // It has ended.
        }
    }

    private static @Nullable Kind kind(Path thread) throws IOException {
        String name = Files.readString(thread.resolve("comm"));
        return Stream.of(Kind.values())
                .filter(kind -> kind.has(name))
                .findFirst()
                .orElse(null);
    }

    /** Since the beginning, in µs for each of so many. */
    public double spent(Kind kind, long count) {
        return now.entrySet().stream()
                        .filter(e -> e.getValue().kind() == kind)
                        .mapToLong(e -> e.getValue().nanos()
                                - (before.containsKey(e.getKey())
                                        ? before.get(e.getKey()).nanos()
                                        : 0))
                        .sum()
                / 1e3
                / count;
    }
}
