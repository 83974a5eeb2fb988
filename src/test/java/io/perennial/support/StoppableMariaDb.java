package io.perennial.support;

import io.perennial.sample.EmbeddedMariaDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** The embedded server, killed as a process. */
public final class StoppableMariaDb implements StoppableDatabase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Object> properties;
    private final int port;
    private final Path folder;
    private final List<String> command = new ArrayList<>();
    private ProcessHandle server;

    private StoppableMariaDb(Path folder, Map<String, Object> properties, ProcessHandle server) {
        this.folder = folder;
        this.properties = properties;
        this.server = server;
        String url = properties.get("spring.datasource.url").toString();
        this.port = URI.create(url.substring("jdbc:".length())).getPort();
        command.add(server.info().command().orElseThrow());
        // The first statements made the user, whose password would be another one now.
        for (String argument : server.info().arguments().orElseThrow()) {
            if (!argument.startsWith("--init-file=")) {
                command.add(argument);
            }
        }
    }

    public static StoppableMariaDb start() {
        Path target = Path.of("target", "mariadb");
        Path folder = target.resolve("outage-" + ProcessHandle.current().pid());
        EmbeddedMariaDb database = EmbeddedMariaDb.start(folder, target);
        ProcessHandle process = ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("mariadbd"))
                .findFirst()
                .orElseThrow();
        StoppableMariaDb stoppable = new StoppableMariaDb(folder, database.properties(), process);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stoppable.kill();
            FileSystemUtils.deleteRecursively(folder.toFile());
        }));
        return stoppable;
    }

    @Override
    public Map<String, Object> properties() {
        return properties;
    }

    @Override
    public void kill() {
        server.destroyForcibly();
        server.onExit().join();
    }

    @Override
    public void startAgain() {
        try {
            server = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("again.log").toFile()))
                    .start()
                    .toHandle();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (System.nanoTime() > end || !server.isAlive()) {
                throw new IllegalStateException("The database did not come back: see again.log in " + folder);
            }
            pause();
        }
    }

    @Override
    public void freeze() {
        signal("-STOP");
    }

    @Override
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", name, Long.toString(server.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
