package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, to be killed or frozen. */
public final class ChildNode {

    private final Process process;

    private ChildNode(Process process) {
        this.process = process;
    }

    /** @param settings further system properties, {@code name=value} */
    static ChildNode start(
            int smtp, String composer, int workers, int chunk, int step, Duration lease, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "spring.mail.host=127.0.0.1",
                "spring.mail.port=" + smtp,
                "child.kind=" + composer,
                "perennial.public-url=http://localhost:8080",
                // Tests use one database after the other from one folder, which looks as if a backup had been restored.
                "perennial.installation.guarded=false",
                "perennial.delivery.workers=" + workers,
                "perennial.delivery.chunk=" + chunk,
                "perennial.delivery.step=" + step,
                "perennial.delivery.poll=100ms",
                "perennial.delivery.lease=" + lease.toMillis() + "ms",
                "perennial.delivery.connect-timeout=2s",
                "perennial.delivery.answer-timeout=" + lease.toMillis() / 6 + "ms",
                "perennial.delivery.idle=5s",
                "perennial.delivery.breaker-pause=200ms"));
        all.addAll(List.of(settings));
        return start(CrashChild.class.getName(), all);
    }

    /**
     * A node of another kind, on the tests' database.
     *
     * @param main the class whose main method it runs
     * @param settings system properties, {@code name=value}
     */
    public static ChildNode start(String main, List<String> settings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path")));
        TestDatabase.properties().forEach((key, value) -> command.add("-D" + key + "=" + value));
        settings.forEach(setting -> command.add("-D" + setting));
        command.add(main);
        try {
            return new ChildNode(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            Path.of("target", "crash-child.log").toFile()))
                    .start());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fails at once where a test would wait in vain. */
    public void requireAlive() {
        assertThat(process.isAlive())
                .as("the node's process lives; target/crash-child.log says why not")
                .isTrue();
    }

    /** SIGKILL, and gone for certain before this returns. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM. */
    void askToEnd() {
        process.destroy();
    }

    public void awaitDeath() throws InterruptedException {
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    }

    public void freeze() {
        signal("-STOP");
    }

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
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
