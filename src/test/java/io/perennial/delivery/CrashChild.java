package io.perennial.delivery;

import com.zaxxer.hikari.HikariDataSource;
import io.perennial.customers.Suppressions;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A node that does nothing but send, to be killed: the real engine on the real database, without the rest of the
 * application. Its settings come as system properties. No {@code @Configuration}, or the application would find it too.
 */
@Import({
    Ledger.class,
    LedgerUpkeep.class,
    LedgerAudit.class,
    MarkWriter.class,
    Pulse.class,
    Audience.class,
    RunLinks.class,
    CustomerLinks.class,
    LinkSigner.class,
    LinkSecret.class,
    TenantNumbers.class,
    MessageTokens.class,
    TrackingSettings.class,
    TrackingPolicy.class,
    ReturnPath.class,
    Suppressions.class,
    SmtpServer.class,
    DeliveryEngine.class
})
class CrashChild {

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
        return pool;
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
    MailProperties mail() {
        MailProperties mail = new MailProperties();
        mail.setHost("127.0.0.1");
        mail.setPort(Integer.getInteger("child.smtp"));
        return mail;
    }

    @Bean
    PublicProperties publicProperties() {
        return new PublicProperties(java.net.URI.create("http://localhost:8080"), null);
    }

    @Bean
    ReturnsProperties returns() {
        return ReturnsProperties.none();
    }

    @Bean
    DeliveryProperties delivery() {
        return SendingHarness.properties(
                Integer.getInteger("child.workers"),
                Integer.getInteger("child.chunk"),
                Integer.getInteger("child.step"),
                Duration.ofMillis(Long.getLong("child.lease")),
                Duration.ofMillis(Long.getLong("child.lease") / 6));
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
