package io.perennial.operations;

import io.perennial.tenancy.TenantSql;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What one wants to know first of a node's log: what runs here, where, on which database, and how it is reached. */
@Component
@TenantSql("Asks the database for its version; no table is read.")
class StartSummary implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger log = LoggerFactory.getLogger(StartSummary.class);

    private final BuildFacts build;
    private final JdbcClient jdbc;
    private final DataSource source;
    private final Environment environment;
    private final String url;

    StartSummary(
            BuildFacts build,
            JdbcClient jdbc,
            DataSource source,
            Environment environment,
            @Value("${perennial.public-url}") String url) {
        this.build = build;
        this.jdbc = jdbc;
        this.source = source;
        this.environment = environment;
        this.url = url;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        log.info(
                "Perennial {} is ready: {}, port {}, node {}",
                build.version()
                        + build.commit().map(commit -> " (" + commit + ")").orElse(""),
                url,
                environment.getProperty("local.server.port", "none"),
                ThisNode.NAME);
        try {
            log.info("Database: {} at {}", OperatorVersion.database(jdbc), place());
        } catch (SQLException | DataAccessException e) {
            log.warn("The database does not answer any more: {}", e.getMessage());
        }
    }

    /** Host, port and schema. What follows a question mark may hold a password. */
    private String place() throws SQLException {
        try (Connection connection = source.getConnection()) {
            return connection
                    .getMetaData()
                    .getURL()
                    .replaceFirst("^jdbc:[a-z]+://", "")
                    .replaceFirst("\\?.*", "");
        }
    }
}
