package io.perennial.support;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;

/** MySQL in a container, killed and paused by Docker. */
public final class StoppableMySql implements StoppableDatabase {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PORT = 3306;

    private final MySQLContainer container;
    private final Map<String, Object> properties;

    private StoppableMySql(MySQLContainer container) {
        this.container = container;
        this.properties = Map.of(
                "spring.datasource.url", container.getJdbcUrl() + "?allowPublicKeyRetrieval=true",
                "spring.datasource.username", container.getUsername(),
                "spring.datasource.password", container.getPassword());
    }

    public static boolean canBe() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException e) {
            return false;
        }
    }

    public static StoppableMySql start() {
        // A port that is the same after the server was started again; Docker would choose another one.
        PortBinding port = new PortBinding(Ports.Binding.bindPort(FreePort.next()), new ExposedPort(PORT));
        MySQLContainer container = new MySQLContainer("mysql:9.7")
                .withDatabaseName("perennial")
                .withCreateContainerCmdModifier(
                        command -> command.getHostConfig().withPortBindings(port));
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        return new StoppableMySql(container);
    }

    @Override
    public Map<String, Object> properties() {
        return properties;
    }

    @Override
    public void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void startAgain() {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The database did not come back: " + container.getLogs());
            }
            pause();
        }
    }

    @Override
    public void freeze() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void thaw() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(
                properties.get("spring.datasource.url") + "&connectTimeout=1000&socketTimeout=2000",
                container.getUsername(),
                container.getPassword())) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
