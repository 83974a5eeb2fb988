package io.perennial.delivery;

import io.perennial.accounts.ConsoleAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How customers reach this installation.
 *
 * @param publicUrl base of the links in mails, without a trailing slash; https in production, or receivers do not offer
 *     one-click unsubscribing
 * @param secret signs the links; where empty, one is made at the first start and kept in the database. Changing it makes
 *     the links in all mails sent so far invalid
 */
@ConfigurationProperties("perennial")
record PublicProperties(
        @DefaultValue("http://localhost:8080") URI publicUrl,
        @Nullable String secret) implements ConsoleAddress {

    PublicProperties {
        String url = publicUrl.toString();
        publicUrl = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        if (publicUrl.getHost() == null || publicUrl.getScheme() == null) {
            throw new IllegalArgumentException("perennial.public-url is no address of a web server: " + url);
        }
    }
}
