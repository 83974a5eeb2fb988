package io.perennial.delivery.sender;

import io.perennial.kernel.TenantId;

/** Knows which host a business's mails are handed to. */
@FunctionalInterface
public interface SendingHosts {

    /** Its name, empty where there is none. */
    String of(TenantId tenant);
}
