package io.perennial.delivery;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How visits are judged.
 *
 * @param machineNetworks networks (192.0.2.0/24) from which no person comes: link scanners of companies and providers
 */
@ConfigurationProperties("perennial.tracking")
record TrackingProperties(@DefaultValue List<String> machineNetworks) {}
