package io.perennial.delivery;

import io.perennial.kernel.TenantId;

/** Which mail server a business's mails go over. */
@FunctionalInterface
interface MailServers {

    /** The same object as long as nothing changed. Asked often, and from any thread. */
    MailServer of(TenantId tenant);
}
