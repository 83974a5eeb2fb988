package io.perennial.operations;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this node ends when it is asked to (SIGTERM).
 *
 * @param drain how long requests are still taken after the readiness probe says no, so that a load balancer has noticed
 *     before the port closes: longer than it takes between two probes. 0s with the embedded database
 * @param atMost after so long the process ends, whatever holds it up; what stops a container has to wait longer than that
 */
@ConfigurationProperties("perennial.shutdown")
record ShutdownProperties(
        @DefaultValue("6s") Duration drain,
        @DefaultValue("50s") Duration atMost) {

    ShutdownProperties {
        if (drain.isNegative() || drain.compareTo(Duration.ofSeconds(20)) > 0) {
            throw new IllegalArgumentException("perennial.shutdown.drain is between 0s and 20s");
        }
        if (atMost.compareTo(drain) <= 0) {
            throw new IllegalArgumentException("perennial.shutdown.at-most is longer than perennial.shutdown.drain");
        }
    }
}
