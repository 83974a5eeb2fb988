package io.perennial.customers.bulk;

import io.perennial.accounts.Deed;
import java.util.Locale;

/** What the audit log tells of deeds on many customers. */
enum BulkDeed implements Deed {
    BEGUN,
    UNDONE;

    @Override
    public String key() {
        return "bulk.log." + name().toLowerCase(Locale.ROOT);
    }
}
