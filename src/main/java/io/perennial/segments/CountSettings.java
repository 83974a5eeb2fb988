package io.perennial.segments;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How rules are counted.
 *
 * @param parallel how many connections one count uses; as many as the database has processors for it
 */
@ConfigurationProperties("perennial.segments.count")
record CountSettings(@DefaultValue("2") int parallel) {

    CountSettings {
        if (parallel < 1) {
            throw new IllegalArgumentException("perennial.segments.count.parallel is at least 1");
        }
    }
}
