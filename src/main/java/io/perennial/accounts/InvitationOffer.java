package io.perennial.accounts;

import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;

/**
 * What somebody with the link of an invitation gets to know.
 *
 * @param known whether this address has an account already, so that no name and password are asked for
 */
public record InvitationOffer(
        TenantId tenant, String business, EmailAddress email, StaffRole role, String invitedBy, boolean known) {}
