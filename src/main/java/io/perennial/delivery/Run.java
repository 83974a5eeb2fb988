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

    /** Names the run among those of all tenants. */
    Key key() {
        return new Key(tenant, id);
    }

    record Key(TenantId tenant, RunId id) {}
}
