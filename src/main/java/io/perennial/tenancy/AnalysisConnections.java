package io.perennial.tenancy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Connections to the copy for analysis, where there is one: for reading only, READ COMMITTED as all others. */
@Configuration(proxyBeanMethods = false)
@TenantSql("Makes connections; runs no statement.")
class AnalysisConnections {

    /** A server that says nothing for that long is taken for gone; no statement that is sent there may take so long. */
    private static final Duration SILENCE = Duration.ofSeconds(90);

    static class Configured implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty(AnalysisSettings.URL));
        }
    }

    /** No candidate for injection: {@link AnalysisReads} alone lends them, and health and readiness ask the others. */
    @Bean(name = AnalysisReads.CONNECTIONS, autowireCandidate = false)
    @Conditional(Configured.class)
    DataSource connectionsForAnalysis(AnalysisSettings settings, DataSource others) throws SQLException {
        return pool(settings.datasource(), others);
    }

    static HikariDataSource pool(AnalysisSettings.Datasource copy, DataSource others) throws SQLException {
        HikariConfig config = new HikariConfig();
        Properties properties = new Properties();
        if (others.isWrapperFor(HikariDataSource.class)) {
            HikariDataSource known = others.unwrap(HikariDataSource.class);
            properties.putAll(known.getDataSourceProperties());
            config.setUsername(known.getUsername());
            config.setPassword(known.getPassword());
        }
        if (StringUtils.hasText(copy.username())) {
            config.setUsername(copy.username());
            config.setPassword(copy.password());
        }
        properties.setProperty(
                "connectTimeout", Long.toString(copy.connectionTimeout().toMillis()));
        properties.setProperty("socketTimeout", Long.toString(SILENCE.toMillis()));
        config.setJdbcUrl(Objects.requireNonNull(copy.url()));
        config.setDataSourceProperties(properties);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setPoolName("analysis");
        config.setMaximumPoolSize(copy.maximumPoolSize());
        config.setMinimumIdle(0);
        config.setIdleTimeout(60_000);
        config.setConnectionTimeout(copy.connectionTimeout().toMillis());
        // The console starts without its copy.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
