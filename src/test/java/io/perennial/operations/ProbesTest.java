package io.perennial.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/** The files that start the console fit how it ends and what it answers to probes. */
class ProbesTest {

    private static final ShutdownProperties STANDARD =
            Binder.get(new MockEnvironment()).bindOrCreate("perennial.shutdown", ShutdownProperties.class);

    @Test
    void imageAndProxyAskWhetherANodeIsReady() throws IOException {
        assertThat(Files.readString(Path.of("docker/Dockerfile")))
                .containsPattern("HEALTHCHECK[^\\n]*\\\\\\n\\s*CMD [^\\n]*/actuator/health/readiness");
        assertThat(Files.readString(Path.of("docker/Caddyfile"))).contains("health_uri /actuator/health/readiness");
        assertThat(Files.readString(Path.of("docker/compose.two-nodes.yaml"))).contains("condition: service_healthy");
    }

    @Test
    void theProxyNoticesBeforeThePortCloses() throws IOException {
        assertThat(STANDARD.drain()).isGreaterThan(seconds("docker/Caddyfile", "health_interval (\\d+)s"));
    }

    @Test
    void aContainerIsNotKilledBeforeItEndsItself() throws IOException {
        assertThat(STANDARD.atMost()).isLessThan(seconds("docker/compose.yaml", "stop_grace_period: (\\d+)s"));
    }

    @Test
    void limitsThatMakeNoSenseAreRefusedAtTheStart() {
        assertThatThrownBy(() -> new ShutdownProperties(Duration.ofMinutes(5), Duration.ofMinutes(6)))
                .hasMessageContaining("perennial.shutdown.drain");
        assertThatThrownBy(() -> new ShutdownProperties(Duration.ofSeconds(10), Duration.ofSeconds(10)))
                .hasMessageContaining("perennial.shutdown.at-most");
    }

    private static Duration seconds(String file, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
        assertThat(found.find()).as("%s in %s", pattern, file).isTrue();
        return Duration.ofSeconds(Long.parseLong(found.group(1)));
    }
}
