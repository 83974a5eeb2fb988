package io.perennial.tenancy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A copy of the database (a replica) that is asked what only reads about everybody: counts of rules, insights' orders,
 * exports.
 *
 * @param datasource where the copy is
 * @param maximumLag a copy that is farther behind, or does not answer, is left alone until it has caught up: the database
 *     itself is asked instead, and a warning logged
 */
@ConfigurationProperties("perennial.analysis")
record AnalysisSettings(
        @DefaultValue Datasource datasource,
        @DefaultValue("1m") Duration maximumLag) {

    /** Their name, where conditions look before settings are bound. */
    static final String URL = "perennial.analysis.datasource.url";

    AnalysisSettings {
        if (maximumLag.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("perennial.analysis.maximum-lag is at least 1s");
        }
    }

    /**
     * Where the copy is.
     *
     * @param url of one server, as `jdbc:mysql://replica:3306/perennial`, never of a balancer before several: a count that is
     *     given up is stopped by the number of its connection, which is another's on another server. Where empty, there is
     *     no copy, and the database is asked
     * @param username who may read all tables of the copy; that of `spring.datasource` where empty
     * @param password theirs; that of `spring.datasource` where no user is given
     * @param maximumPoolSize connections to it
     * @param connectionTimeout how long a page waits for one before the database itself is asked
     */
    record Datasource(
            @Nullable String url,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue("10") int maximumPoolSize,
            @DefaultValue("3s") Duration connectionTimeout) {

        Datasource {
            if (maximumPoolSize < 2) {
                throw new IllegalArgumentException(
                        "perennial.analysis.datasource.maximum-pool-size is at least 2: one counts, one looks how far "
                                + "behind the copy is");
            }
            if (connectionTimeout.compareTo(Duration.ofMillis(250)) < 0) {
                throw new IllegalArgumentException(
                        "perennial.analysis.datasource.connection-timeout is at least 250ms");
            }
        }

        @Override
        public String toString() {
            return "Datasource[" + url + "]";
        }
    }
}
