package io.perennial.delivery.sender;

import io.perennial.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** Gives what mails are to be signed with. */
@FunctionalInterface
public interface SigningKeys {

    /**
     * The keys in use for a domain of a tenant, or null where its mails are not signed. Asked for each chunk of a run;
     * the same object as long as nothing changed.
     */
    @Nullable
    DkimKeys of(TenantId tenant, String domain);
}
