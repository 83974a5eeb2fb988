package io.perennial.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.kernel.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class EmbeddedMariaDbTest {

    /** Unpacked once for all tests of the build. */
    private static final Path BINARIES = Path.of("target", "mariadb");

    @TempDir
    private Path folder;

    /** Starts a server, writes a row and waits to be killed. */
    static final class Victim {
        public static void main(String[] args) throws Exception {
            EmbeddedMariaDb database = EmbeddedMariaDb.start(Path.of(args[0]), Path.of(args[1]));
            execute(database.properties(), "CREATE TABLE kept (id INT PRIMARY KEY)");
            execute(database.properties(), "INSERT INTO kept VALUES (42)");
            Files.writeString(Path.of(args[0], "ready"), "ready");
            Thread.sleep(120_000);
        }
    }

    @Test
    void aStartAfterAKillFindsTheDataAndNoServerInItsWay() throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString(),
                        BINARIES.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("victim.log").toFile())
                .start();
        try {
            while (!Files.exists(folder.resolve("ready")) && victim.isAlive()) {
                Thread.sleep(50);
            }
            assertThatExceptionOfType(CannotStart.class)
                    .isThrownBy(() -> EmbeddedMariaDb.start(folder, BINARIES))
                    .withMessageContaining("Another Perennial is running");
        } finally {
            victim.destroyForcibly().waitFor(); // kill -9: its server lives on
        }
        try (EmbeddedMariaDb database = EmbeddedMariaDb.start(folder, BINARIES)) {
            assertThat(only(database.properties(), "SELECT id FROM kept")).isEqualTo(42);
        }
        assertThat(folder.resolve("server.pid")).doesNotExist();
    }

    /** Each clears its folder of temporary tables as it starts, while it is made too: in one of all they would take each other's. */
    @Test
    void severalAreMadeAtOnceAndEachKeepsItsTemporaryTablesToItself() throws Exception {
        List<Path> folders = List.of(folder.resolve("one"), folder.resolve("two"));
        try (ExecutorService all = Executors.newFixedThreadPool(folders.size())) {
            List<Callable<EmbeddedMariaDb>> starts = folders.stream()
                    .<Callable<EmbeddedMariaDb>>map(each -> () -> EmbeddedMariaDb.start(each, BINARIES))
                    .toList();
            Iterator<Path> of = folders.iterator();
            for (Future<EmbeddedMariaDb> each : all.invokeAll(starts)) {
                try (EmbeddedMariaDb database = each.get()) {
                    assertThat(text(database.properties(), "SELECT @@tmpdir"))
                            .isEqualTo(of.next().resolve("temporary").toString());
                }
            }
        }
    }

    @Test
    void aFolderThatIsNoneIsToldPlainly() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> EmbeddedMariaDb.start(file, BINARIES))
                .withMessageContaining("cannot be written");
    }

    @Test
    void dataThatIsBrokenIsToldWithAWayOut() throws IOException {
        Files.createDirectories(folder.resolve("tables"));
        Files.writeString(folder.resolve("tables").resolve("ibdata1"), "not a tablespace");
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> EmbeddedMariaDb.start(folder, BINARIES))
                .withMessageContaining("did not start")
                .satisfies(refused -> assertThat(refused.remedy()).contains("move that folder"));
    }

    private static void execute(Map<String, Object> properties, String sql) throws SQLException {
        try (Connection connection = connect(properties);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int only(Map<String, Object> properties, String sql) throws SQLException {
        try (Connection connection = connect(properties);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String text(Map<String, Object> properties, String sql) throws SQLException {
        try (Connection connection = connect(properties);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(Map<String, Object> properties) throws SQLException {
        return DriverManager.getConnection(
                String.valueOf(properties.get("spring.datasource.url")),
                String.valueOf(properties.get("spring.datasource.username")),
                String.valueOf(properties.get("spring.datasource.password")));
    }
}
