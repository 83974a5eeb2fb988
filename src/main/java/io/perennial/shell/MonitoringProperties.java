package io.perennial.shell;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may read the figures of the installation and the list of its parts.
 *
 * @param token what Prometheus sends as its bearer token to {@code /actuator/prometheus} and {@code /actuator/sbom}; at
 *     least 24 characters. Where empty, these addresses do not exist
 */
@ConfigurationProperties("perennial.monitoring")
record MonitoringProperties(@Nullable String token) {

    MonitoringProperties {
        if (token != null && !token.isBlank() && token.strip().length() < 24) {
            throw new IllegalArgumentException("perennial.monitoring.token is easily guessed: give at least 24 "
                    + "characters, for instance of: openssl rand -base64 24");
        }
    }

    boolean isOpen() {
        return token != null && !token.isBlank();
    }

    @Override
    public String toString() {
        return "MonitoringProperties[" + (isOpen() ? "open" : "closed") + "]";
    }
}
