package io.perennial.delivery;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node that does nothing but send, to be killed: the real engine on the real database, without the rest of the
 * application. Its settings come as system properties, its parts are made when the engine needs them. No
 * {@code @Configuration}, or the application would find it too.
 */
@ConfigurationPropertiesScan({
    "io.perennial.delivery",
    "io.perennial.tenancy",
    "io.perennial.accounts",
    "io.perennial.webhooks",
    "io.perennial.outside"
})
@ComponentScan(
        basePackages = {
            "io.perennial.delivery",
            "io.perennial.customers",
            "io.perennial.accounts",
            "io.perennial.tenancy",
            "io.perennial.webhooks",
            "io.perennial.outside"
        },
        lazyInit = true,
        excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = CrashChild.Unneeded.class))
class CrashChild {

    /** What starts by itself, but for the engine; what belongs to pages and tests. */
    static class Unneeded implements TypeFilter {

        private static final Set<String> STARTING =
                Set.of("org.springframework.context.SmartLifecycle", "org.springframework.context.Lifecycle");

        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory types) {
            return (Set.of(type.getClassMetadata().getInterfaceNames()).stream().anyMatch(STARTING::contains)
                            && !type.getClassMetadata().getClassName().equals(DeliveryEngine.class.getName()))
                    || type.getAnnotationMetadata().hasAnnotation(TestComponent.class.getName());
        }
    }

    public static void main(String[] args) throws InterruptedException {
        AnnotationConfigApplicationContext node = new AnnotationConfigApplicationContext(CrashChild.class);
        node.registerShutdownHook();
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
        pool.addDataSourceProperty("rewriteBatchedStatements", "true");
        String freeze = System.getProperty("child.freeze");
        return freeze == null
                ? pool
                : new FreezingDataSource(
                        pool,
                        freeze,
                        Path.of(System.getProperty("child.freeze.armed")),
                        Path.of(System.getProperty("child.freeze.frozen")));
    }

    @Bean
    JsonMapper json() {
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

    @Bean
    MessageComposer composer() {
        String kind = System.getProperty("child.kind");
        return new MessageComposer() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public Composition open(long reference) {
                return recipients -> recipients.stream()
                        .<Composed>map(r -> new Composed.Message("Hello", "<p>Hello " + r.email() + "</p>", "Hello"))
                        .toList();
            }
        };
    }
}
