package io.perennial.outside;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where addresses that businesses enter (webhooks, mail servers, sign-in services) may lead.
 *
 * @param allowedNetworks networks of the operator's own, as 10.1.0.0/16, that businesses may reach on every port, and
 *     without https; all others that are not the open internet are refused
 * @param ports of addresses with http or https
 * @param connectTimeout for reaching a host
 * @param timeout for a whole request with its answer
 */
@ConfigurationProperties("perennial.outside")
public record OutsideProperties(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue({"80", "443", "8080", "8443"}) Set<Integer> ports,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration timeout) {

    public OutsideProperties {
        allowedNetworks = List.copyOf(allowedNetworks);
        ports = Set.copyOf(ports);
        allowedNetworks.forEach(Network::parse);
    }
}
