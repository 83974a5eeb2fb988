package io.perennial.customers.imports;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.perennial.tenancy.TenantSql;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Connections of the importer's own, to the same database as all others. They alone may answer a server that asks for a
 * file (LOAD DATA LOCAL), and then give it a stream of rows: were that allowed everywhere, a server that is not what it
 * says it is, or an SQL injection, could fetch any file this process can read.
 */
@Configuration(proxyBeanMethods = false)
@TenantSql("Makes connections; runs no statement.")
class ImportDataSource {

    static final String NAME = "importConnections";

    /** Two each for imports that run at once on a node, and one for undoing. */
    private static final int CONNECTIONS = 6;

    /** No candidate for injection: nothing else gets hold of these connections, and health asks the others. */
    @Bean(name = NAME, autowireCandidate = false)
    DataSource importConnections(DataSource others) throws SQLException {
        if (!others.isWrapperFor(HikariDataSource.class)) {
            return others;
        }
        HikariDataSource known = others.unwrap(HikariDataSource.class);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(known.getJdbcUrl());
        config.setUsername(known.getUsername());
        config.setPassword(known.getPassword());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(Math.max(known.getConnectionTimeout(), 30_000));
        Properties properties = new Properties();
        properties.putAll(known.getDataSourceProperties());
        properties.setProperty("rewriteBatchedStatements", "true");
        properties.setProperty("allowLoadLocalInfile", "true");
        config.setDataSourceProperties(properties);
        config.setPoolName("imports");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(60_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
