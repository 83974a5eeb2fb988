package io.perennial.delivery;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Stops this very process (SIGSTOP), as a machine is that somebody pauses, at the worst moment of a transaction: its
 * statements are done, its locks held, and it is about to be committed.
 */
final class FreezingDataSource extends DelegatingDataSource {

    private final String statement;
    private final Path armed;
    private final Path frozen;

    /**
     * @param statement what the transaction contains
     * @param armed once this file exists
     * @param frozen made at the very moment
     */
    FreezingDataSource(DataSource source, String statement, Path armed, Path frozen) {
        super(source);
        this.statement = statement;
        this.armed = armed;
        this.frozen = frozen;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        boolean[] seen = {false};
        return (Connection) Proxy.newProxyInstance(
                FreezingDataSource.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "prepareStatement" -> seen[0] |= args[0].toString().contains(statement);
                        case "rollback" -> seen[0] = false;
                        case "commit" -> {
                            if (seen[0] && Files.exists(armed) && Files.notExists(frozen)) {
                                freeze();
                            }
                            seen[0] = false;
                        }
                        default -> {}
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private synchronized void freeze() throws IOException, InterruptedException {
        if (Files.notExists(frozen)) {
            Files.createFile(frozen);
            new ProcessBuilder(
                            "kill",
                            "-STOP",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        }
    }
}
