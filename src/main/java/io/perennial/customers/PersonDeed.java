package io.perennial.customers;

import io.perennial.accounts.Deed;

/** What the audit log tells of one person's data. */
enum PersonDeed implements Deed {
    COPIED;

    @Override
    public String key() {
        return "customers.deed.copied";
    }
}
