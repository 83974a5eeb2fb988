package io.perennial.segments;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How rules are counted.
 *
 * @param parallel how many connections one count uses; as many as the database has processors for it
 * @param limit a count of which a part needs longer is given up, so that nobody's rule holds the others up
 */
@ConfigurationProperties("perennial.segments.count")
record CountSettings(
        @DefaultValue("2") int parallel,
        @DefaultValue("60s") Duration limit) {

    CountSettings {
        if (parallel < 1) {
            throw new IllegalArgumentException("perennial.segments.count.parallel is at least 1");
        }
        if (limit.toSeconds() < 1) {
            throw new IllegalArgumentException("perennial.segments.count.limit is at least 1s");
        }
    }
}
