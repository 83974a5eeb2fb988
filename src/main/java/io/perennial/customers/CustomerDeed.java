package io.perennial.customers;

import io.perennial.accounts.Deed;
import java.util.Locale;

/** What the audit log tells of customers, of imports, and of the rules by which a business keeps and asks. */
enum CustomerDeed implements Deed {
    TOPIC_MADE,
    TOPIC_CHANGED,
    TOPIC_WORDED,
    TOPIC_ARCHIVED,
    TOPIC_RESTORED,
    RETENTION_CHANGED,
    MERGED,
    MERGE_UNDONE,
    IMPORT_STARTED,
    IMPORT_UNDONE,
    SAMPLE_LOADED,
    SAMPLE_REMOVED;

    @Override
    public String key() {
        return "customers.deed." + name().toLowerCase(Locale.ROOT);
    }
}
