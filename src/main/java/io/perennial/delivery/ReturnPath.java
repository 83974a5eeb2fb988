package io.perennial.delivery;

import io.perennial.kernel.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The envelope's sender of each message (VERP): names it by a signed token, so that what comes back is known to be about
 * it whatever the body says. Called for each message sent; takes a microsecond or two.
 */
@Component
class ReturnPath {

    private final MessageTokens tokens;
    private final TrackingSettings settings;
    private final @Nullable String domain;
    private final @Nullable String fixed;

    ReturnPath(
            MessageTokens tokens, TrackingSettings settings, ReturnsProperties returns, DeliveryProperties delivery) {
        this.tokens = tokens;
        this.settings = settings;
        this.domain = given(returns.domain());
        this.fixed = given(delivery.envelopeFrom());
    }

    /** Where this message comes back to. */
    String of(Run run, long message) {
        return of(run.tenant(), run.senderEmail(), message);
    }

    /** The same, for a mail of this tenant with this From. */
    String of(TenantId tenant, String senderEmail, long message) {
        String own = settings.of(tenant).bounceDomain();
        String at = own == null ? domain : own;
        if (at != null) {
            return MessageTokens.PREFIX + tokens.forReturn(tenant, message) + '@' + at;
        }
        return fixed == null ? senderEmail : fixed;
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
