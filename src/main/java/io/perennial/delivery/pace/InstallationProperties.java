package io.perennial.delivery.pace;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a node recognises its database, so that a restored backup sends nothing by itself.
 *
 * @param guarded whether it looks at all
 * @param file where the node keeps what it knows, outside the database; on a disk that outlives the node
 * @param quiet a database without any sign of its nodes for longer than this is taken for a restored one by a node that
 *     knows nothing of it
 */
@ConfigurationProperties("perennial.installation")
public record InstallationProperties(
        @DefaultValue("true") boolean guarded,

        @DefaultValue("data/installation") String file,

        @DefaultValue("1h") Duration quiet) {}
