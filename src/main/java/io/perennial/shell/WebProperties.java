package io.perennial.shell;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How browsers and programs are answered.
 *
 * @param hsts how long browsers shall insist on https for this host (Strict-Transport-Security); told over https, or where
 *     {@code perennial.public-url} is https. {@code 0} tells nothing
 * @param largestBody of a request that is neither an upload of the console nor one of the API
 * @param largestUpload of a request with a file that staff upload in the console; {@code perennial.imports.largest-file}
 *     bounds the file
 * @param trustedProxies addresses and networks (10.1.0.0/16) of the proxies whose {@code X-Forwarded-*} headers are taken
 *     where {@code server.forward-headers-strategy} has them read; none: one proxy, on this machine or in a private network
 */
@ConfigurationProperties("perennial.web")
record WebProperties(
        @DefaultValue("365d") Duration hsts,
        @DefaultValue("4MB") DataSize largestBody,
        @DefaultValue("2GB") DataSize largestUpload,
        @DefaultValue List<String> trustedProxies) {

    WebProperties {
        if (hsts.isNegative()) {
            throw new IllegalArgumentException("perennial.web.hsts is negative: " + hsts);
        }
        trustedProxies = List.copyOf(trustedProxies);
    }
}
