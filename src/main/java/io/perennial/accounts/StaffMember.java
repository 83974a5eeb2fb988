package io.perennial.accounts;

import io.perennial.kernel.EmailAddress;

/** Somebody who works in a business, as its people list shows them. */
public record StaffMember(long accountId, String name, EmailAddress email, StaffRole staffRole) {

    public Role role() {
        return staffRole.role();
    }
}
