package io.perennial.support;

import io.perennial.sample.EmbeddedMariaDb;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.FileSystemUtils;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;

/**
 * The tests' database, one for the whole JVM: {@code PERENNIAL_TEST_DB_URL} where it is set, else MySQL 9.7 through
 * Testcontainers where a Docker engine answers, else the embedded MariaDB. The log says which.
 * {@code PERENNIAL_TEST_DB=embedded} skips Docker.
 */
public final class TestDatabase implements EnvironmentPostProcessor {

    private static @Nullable Map<String, Object> properties;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addFirst(new MapPropertySource("testDatabase", properties()));
    }

    /** The {@code spring.datasource.*} properties, for child processes too. */
    public static synchronized Map<String, Object> properties() {
        if (properties == null) {
            properties = start();
        }
        return properties;
    }

    /** For a test that brings its own, before any context is made; the JVM is that test's alone then. */
    public static synchronized void use(Map<String, Object> own) {
        properties = own;
    }

    private static Map<String, Object> start() {
        String given = System.getenv("PERENNIAL_TEST_DB_URL");
        if (given != null && !given.isBlank()) {
            String url = ofThisFork(given);
            say("Tests use the database of PERENNIAL_TEST_DB_URL" + (url.equals(given) ? "" : ", beside it"));
            return Map.of("spring.datasource.url", url);
        }
        if (!"embedded".equals(System.getenv("PERENNIAL_TEST_DB")) && dockerAnswers()) {
            say("Tests use MySQL 9.7 through Testcontainers");
            MySQLContainer mysql = new MySQLContainer("mysql:9.7")
                    .withDatabaseName("perennial")
                    // Names of time zones take seconds to load, and no SQL of ours knows any.
                    .withEnv("MYSQL_INITDB_SKIP_TZINFO", "1")
                    // As docker/compose.yaml starts it, so that what is measured is what will run.
                    .withCommand("--innodb-buffer-pool-size=512M", "--innodb-redo-log-capacity=1G", "--local-infile=1");
            mysql.start();
            Runtime.getRuntime().addShutdownHook(new Thread(mysql::stop));
            return Map.of(
                    "spring.datasource.url", mysql.getJdbcUrl() + "?allowPublicKeyRetrieval=true",
                    "spring.datasource.username", mysql.getUsername(),
                    "spring.datasource.password", mysql.getPassword());
        }
        say("Tests use the embedded MariaDB");
        return embedded();
    }

    /** Of several JVMs at a time the first has the schema that is given, each other one beside it that it makes. */
    private static String ofThisFork(String given) {
        int fork = Integer.getInteger("tests.fork", 1);
        return fork == 1
                ? given
                : given.replaceFirst("^(jdbc:mysql://[^/]+/[^?]+)", "$1_" + fork)
                        + (given.contains("createDatabaseIfNotExist")
                                ? ""
                                : (given.contains("?") ? "&" : "?") + "createDatabaseIfNotExist=true");
    }

    /** On the console itself: Spring Boot keeps loggers silent until the environment, which this is part of, is made. */
    private static void say(String what) {
        System.out.println(what);
    }

    private static boolean dockerAnswers() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Map<String, Object> embedded() {
        Path target = Path.of("target", "mariadb");
        Path folder = target.resolve(Long.toString(ProcessHandle.current().pid()));
        EmbeddedMariaDb database = EmbeddedMariaDb.start(folder, target);
        SpringApplication.getShutdownHandlers().add(() -> {
            database.close();
            FileSystemUtils.deleteRecursively(folder.toFile());
        });
        return database.properties();
    }
}
