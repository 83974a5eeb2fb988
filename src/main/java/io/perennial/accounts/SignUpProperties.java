package io.perennial.accounts;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether anybody may found a business here.
 *
 * @param enabled whether the page for it is open, and people of a business may found others; operators need it in no case
 * @param termsUrl where the terms of this installation stand: who founds a business has to agree to them, and the audit
 *     log keeps to which; without it nothing is asked
 */
@ConfigurationProperties("perennial.sign-up")
public record SignUpProperties(
        @DefaultValue("true") boolean enabled, @Nullable URI termsUrl) {

    public SignUpProperties {
        if (termsUrl != null && !Business.isWebAddress(termsUrl.toString())) {
            throw new IllegalArgumentException("perennial.sign-up.terms-url is no http or https address: " + termsUrl);
        }
    }
}
