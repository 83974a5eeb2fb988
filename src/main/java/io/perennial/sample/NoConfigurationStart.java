package io.perennial.sample;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Where no database is configured, starts one, all of it below one folder ({@code perennial.data-dir}, {@code ./data}
 * unless said otherwise). Found by {@code PerennialApplication} as a service, so that neither tests nor the production
 * jar have it.
 */
public class NoConfigurationStart implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100; // after the configuration is read and logging works
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        if (environment.containsProperty("spring.datasource.url")) {
            return;
        }
        Path folder = Path.of(environment.getProperty("perennial.data-dir", "data"));
        EmbeddedMariaDb database = EmbeddedMariaDb.start(folder.resolve("mariadb"), folder);
        SpringApplication.getShutdownHandlers().add(database::close);
        Map<String, Object> properties = new HashMap<>(database.properties());
        properties.put("perennial.sample.start", true);
        environment.getPropertySources().addLast(new MapPropertySource("noConfigurationStart", properties));
    }
}
