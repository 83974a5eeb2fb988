package io.perennial.delivery.sender;

import io.perennial.kernel.TenantId;

/** Knows which domain stands in the envelopes of a business's mails: the one that SPF is asked about. */
@FunctionalInterface
public interface EnvelopeDomains {

    /** @param senderEmail the From of the mails */
    String of(TenantId tenant, String senderEmail);
}
