package io.perennial.operations;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The first to stop: keeps the port open for a while after the readiness probe says no. Sending and other work ends
 * meanwhile. When the process is asked to end, it has {@link ShutdownProperties#atMost} for all of it.
 *
 * @see <a href="../../../../../docs/decisions/1004-how-a-node-ends.md">1004-how-a-node-ends.md</a>
 */
@Component
@EnableConfigurationProperties(ShutdownProperties.class)
class Draining implements SmartLifecycle {

    /** What a process answers that had to be ended: not the 143 of one that ended by itself after SIGTERM. */
    static final int FORCED = 75;

    private static final Logger log = LoggerFactory.getLogger(Draining.class);

    private final ShutdownProperties settings;
    private volatile boolean running;

    Draining(ShutdownProperties settings) {
        this.settings = settings;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void stop() {
        running = false;
    }

    /** Beside the others that stop first, not before them. */
    @Override
    public void stop(Runnable stopped) {
        if (isProcessEnding()) {
            log.info(
                    "This node ends: requests are taken for {} s more, all is over in {} s at most",
                    settings.drain().toSeconds(),
                    settings.atMost().toSeconds());
            begin("shutdown-limit", this::endForSure);
        }
        begin("shutdown-drain", () -> {
            pause(settings.drain());
            stop();
            stopped.run();
        });
    }

    /** Sending, imports and the rest are made to be cut off anywhere: better that than to hang. */
    private void endForSure() {
        pause(settings.atMost());
        log.error(
                "This node did not end within {} s and is cut off; it was held up by {}",
                settings.atMost().toSeconds(),
                atWork());
        Runtime.getRuntime().halt(FORCED);
    }

    /** Threads that do something of ours, with what it is. */
    private static List<String> atWork() {
        return new TreeSet<>(Thread.getAllStackTraces().entrySet().stream()
                        .flatMap(Draining::place)
                        .toList())
                .stream().limit(10).toList();
    }

    private static Stream<String> place(Map.Entry<Thread, StackTraceElement[]> thread) {
        return thread.getKey() == Thread.currentThread()
                ? Stream.empty()
                : Stream.of(thread.getValue())
                        .filter(frame -> frame.getClassName().startsWith("io.perennial."))
                        .limit(1)
                        .map(frame -> thread.getKey().getName() + " in "
                                + frame.getClassName().replaceFirst(".*\\.", "") + '.' + frame.getMethodName());
    }

    private static void begin(String name, Runnable work) {
        Thread.ofPlatform().name(name).daemon().start(work);
    }

    private static void pause(Duration how) {
        try {
            new CountDownLatch(1).await(how.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Or only a context that is closed in a process that goes on, as tests do. */
    private static boolean isProcessEnding() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
