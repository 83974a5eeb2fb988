package io.perennial.shell;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How browsers and programs are answered.
 *
 * @param hsts how long browsers shall insist on https for this host (Strict-Transport-Security); told over https, or where
 *     {@code perennial.public-url} is https. {@code 0} tells nothing
 * @param largestBody of a request that is neither an upload of the console nor one of the API
 * @param largestUpload of a file that staff upload in the console
 */
@ConfigurationProperties("perennial.web")
record WebProperties(
        @DefaultValue("365d") Duration hsts,
        @DefaultValue("4MB") DataSize largestBody,
        @DefaultValue("2GB") DataSize largestUpload) {

    WebProperties {
        if (hsts.isNegative()) {
            throw new IllegalArgumentException("perennial.web.hsts is negative: " + hsts);
        }
    }
}
