package io.perennial.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of its own, for tests that kill, freeze or end one. What it writes goes to a file in {@code target/children}, of
 * which whatever fails here shows the end.
 */
public final class ChildProcess implements AutoCloseable {

    private static final Path FOLDER = Path.of("target", "children");
    private static final int SHOWN = 20_000;

    private final Process process;
    private final Path log;
    /** Where its part of the log begins. */
    private final long from;

    private ChildProcess(Process process, Path log, long from) {
        this.process = process;
        this.log = log;
        this.from = from;
    }

    /** @param main the class whose main method it runs */
    public static Launch of(String main) {
        return new Launch(main);
    }

    /** How it is started. */
    public static final class Launch {

        private final String main;
        private final List<String> settings = new ArrayList<>();
        private String heap = "256m";
        private boolean testsToo = true;
        private @Nullable Path log;

        private Launch(String main) {
            this.main = main;
        }

        /** The most it may take for objects, {@code 256m} unless said otherwise. */
        public Launch heap(String most) {
            heap = most;
            return this;
        }

        /** @param properties system properties */
        public Launch with(Map<String, Object> properties) {
            properties.forEach((name, value) -> settings.add(name + '=' + value));
            return this;
        }

        /** @param properties system properties, {@code name=value} */
        public Launch with(List<String> properties) {
            settings.addAll(properties);
            return this;
        }

        /** Without the tests' classes, among which an application would find components. */
        public Launch withoutTests() {
            testsToo = false;
            return this;
        }

        /** What it writes is appended there; null, and unless said, to a file for all of its kind that this JVM starts. */
        public Launch log(@Nullable Path file) {
            log = file;
            return this;
        }

        public ChildProcess start() {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx" + heap,
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    classes()));
            String data = System.getProperty("perennial.data-folder");
            if (data != null) {
                command.add("-Dperennial.data-folder=" + data);
            }
            settings.forEach(setting -> command.add("-D" + setting));
            command.add(main);
            try {
                File written = (log == null ? file() : log).toFile();
                long from = written.length();
                return new ChildProcess(
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.appendTo(written))
                                .start(),
                        written.toPath(),
                        from);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String classes() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> testsToo || !Path.of(entry).endsWith("test-classes"))
                    .collect(Collectors.joining(File.pathSeparator));
        }

        private Path file() throws IOException {
            Files.createDirectories(FOLDER);
            return FOLDER.resolve(main.substring(main.lastIndexOf('.') + 1) + '-'
                    + ProcessHandle.current().pid() + ".log");
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Fails at once where a test would wait in vain. */
    public void requireAlive() {
        assertThat(process.isAlive())
                .as(() -> "the process lives; it wrote:\n" + written())
                .isTrue();
    }

    /**
     * Waits for what it is to do, as long as it lives.
     *
     * @param patience how long, and how often one looks
     */
    public void await(ConditionFactory patience, Callable<Boolean> done) {
        try {
            patience.until(() -> {
                requireAlive();
                return done.call();
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "; the process wrote:\n" + written(), e);
        }
    }

    /** SIGKILL, and gone for certain before this returns. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** SIGTERM. */
    public void askToEnd() {
        process.destroy();
    }

    /** What it answers when it has ended; fails if it has not after so long. */
    public int awaitEnd(Duration atMost) throws InterruptedException {
        assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                .as(() -> "the process ended within " + atMost + "; it wrote:\n" + written())
                .isTrue();
        return process.exitValue();
    }

    /** SIGSTOP. */
    public void freeze() {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(exit).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The end of what it wrote. */
    private String written() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(from, file.length() - SHOWN));
            byte[] end = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(end);
            return log + ":\n" + new String(end, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "nothing that can be read: " + e;
        }
    }
}
