package io.perennial.delivery;

import io.perennial.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** A run as workers need it. */
record Run(
        TenantId tenant,
        RunId id,
        RunState state,
        String composer,
        long reference,
        String senderName,
        String senderEmail,
        @Nullable String replyTo,
        @Nullable String topic) {

    /** The domain it is sent from. */
    String senderDomain() {
        return senderEmail.substring(senderEmail.lastIndexOf('@') + 1).toLowerCase(java.util.Locale.ROOT);
    }

    /** Names the run among those of all tenants. */
    Key key() {
        return new Key(tenant, id);
    }

    record Key(TenantId tenant, RunId id) {}
}
