package io.perennial.support;

import java.util.List;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** The mail server of tests with the whole application: takes everything and keeps it. One for the whole JVM. */
public final class TestMail implements EnvironmentPostProcessor {

    private static final ScriptedSmtp SERVER = new ScriptedSmtp();

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "testMail", Map.of("spring.mail.host", "127.0.0.1", "spring.mail.port", SERVER.port())));
    }

    /** The mails that arrived for an address. */
    public static List<ScriptedSmtp.Received> receivedBy(String address) {
        return SERVER.receivedBy(address);
    }
}
