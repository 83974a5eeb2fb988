package io.perennial.customers.exports;

import io.perennial.accounts.Deed;

/** What the audit log tells of exports. */
enum ExportDeed implements Deed {
    EXPORTED;

    @Override
    public String key() {
        return "exports.deed.exported";
    }
}
