package io.perennial.delivery.sender;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What businesses may say about their own sending.
 *
 * @param privateServers whether their mail servers may be on this machine or in its own network; where businesses are
 *     not to be trusted with that network, false
 * @param dns the name server that is asked about sender domains, {@code host} or {@code host:port}; the machine's own
 *     where empty
 */
@ConfigurationProperties("perennial.sender")
public record SenderProperties(
        @DefaultValue("false") boolean privateServers,
        @Nullable String dns) {}
