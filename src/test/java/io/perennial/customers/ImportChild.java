package io.perennial.customers;

import com.zaxxer.hikari.HikariDataSource;
import io.perennial.accounts.ActingAs;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node that begins one import, to be killed: the real jobs on the real database, without the rest of the application.
 * Its parts are made when they are needed. No {@code @Configuration}, or the application would find it too.
 */
@TenantSql("Makes connections for the real stores.")
@ConfigurationPropertiesScan({
    "io.perennial.tenancy",
    "io.perennial.accounts",
    "io.perennial.webhooks",
    "io.perennial.outside"
})
@ComponentScan(
        basePackages = {
            "io.perennial.customers",
            "io.perennial.accounts",
            "io.perennial.tenancy",
            "io.perennial.webhooks",
            "io.perennial.outside"
        },
        lazyInit = true,
        excludeFilters = @ComponentScan.Filter(type = FilterType.ANNOTATION, classes = TestComponent.class))
class ImportChild {

    public static void main(String[] args) throws InterruptedException {
        AnnotationConfigApplicationContext node = new AnnotationConfigApplicationContext(ImportChild.class);
        ImportJobs jobs = node.getBean(ImportJobs.class);
        TenantId tenant = new TenantId(Long.parseLong(System.getProperty("child.tenant")));
        ActingAs.system(tenant, () -> {
            jobs.start(
                    ImportKind.valueOf(System.getProperty("child.kind")),
                    Path.of(System.getProperty("child.file")),
                    ImportSettings.of(System.getProperty("child.settings")).mapping(),
                    ImportOptions.of("file.csv", CsvFormat.STANDARD));
        });
        Thread.currentThread().join();
    }

    @Bean
    DataSource dataSource() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(System.getProperty("spring.datasource.url"));
        pool.setUsername(System.getProperty("spring.datasource.username"));
        pool.setPassword(System.getProperty("spring.datasource.password"));
        pool.setMaximumPoolSize(8);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool.addDataSourceProperty("connectionTimeZone", "UTC");
        pool.addDataSourceProperty("forceConnectionTimeZoneToSession", "true");
        return pool;
    }

    @Bean
    JsonMapper jsonMapper() {
        return JsonMapper.builder().build();
    }

    @Bean
    JdbcTemplate jdbcTemplate(DataSource source) {
        return new JdbcTemplate(source);
    }

    @Bean
    JdbcClient jdbcClient(JdbcTemplate template) {
        return JdbcClient.create(template);
    }

    @Bean
    PlatformTransactionManager transactions(DataSource source) {
        return new JdbcTransactionManager(source);
    }
}
