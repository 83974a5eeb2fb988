package io.perennial.sample;

import io.perennial.kernel.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Where no database is configured, starts one, all of it below one folder ({@code perennial.data-folder}, {@code ./data}
 * unless said otherwise), and a mail catcher. With a database configured, {@code perennial.mail-catcher=true} asks for
 * the catcher alone. Found by {@code PerennialApplication} as a service, so that neither tests nor the production
 * jar have it.
 */
public class NoConfigurationStart implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final Logger log = LoggerFactory.getLogger(NoConfigurationStart.class);

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100; // after the configuration is read and logging works
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        Map<String, Object> properties = new HashMap<>();
        boolean embedded = !environment.containsProperty("spring.datasource.url");
        if (embedded) {
            requireFree(environment.getProperty("server.port", Integer.class, 8080));
            Path folder = Path.of(environment.getProperty("perennial.data-folder", "data"));
            EmbeddedMariaDb database = EmbeddedMariaDb.start(folder.resolve("mariadb"), folder);
            SpringApplication.getShutdownHandlers().add(database::close);
            properties.putAll(database.properties());
            properties.put("perennial.sample.enabled", true);
            properties.put("perennial.sender.private-servers", true);
            properties.put("perennial.shutdown.drain", "0s"); // nothing is in front that would have to notice
            properties.put(
                    "perennial.public-url", "http://localhost:" + environment.getProperty("server.port", "8080"));
        }
        if (environment.getProperty("perennial.mail-catcher", Boolean.class, embedded)
                && !environment.containsProperty("spring.mail.host")) {
            MailCatcher catcher = startCatcher();
            properties.put("spring.mail.host", "127.0.0.1");
            properties.put("spring.mail.port", catcher.port());
            event.getSpringApplication()
                    .addInitializers(context -> context.getBeanFactory().registerSingleton("mailCatcher", catcher));
        }
        environment.getPropertySources().addLast(new MapPropertySource("noConfigurationStart", properties));
    }

    /** Before the database is started and filled, which nobody should wait for only to hear this afterwards. */
    private static void requireFree(int port) {
        try (ServerSocket probe = new ServerSocket(port)) {
            log.debug("Port {} is free", probe.getLocalPort());
        } catch (IOException e) {
            throw new CannotStart(
                    "Port " + port + " is taken by another program.",
                    "Stop that program, or choose another port: SERVER_PORT=" + (port + 1));
        }
    }

    private static MailCatcher startCatcher() {
        try {
            MailCatcher catcher = MailCatcher.start();
            log.info("Mails go to the console's own mail catcher: nothing leaves this machine");
            return catcher;
        } catch (IOException e) {
            throw new UncheckedIOException("The mail catcher found no free port", e);
        }
    }
}
