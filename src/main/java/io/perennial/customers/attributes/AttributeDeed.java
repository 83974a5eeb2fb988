package io.perennial.customers.attributes;

import io.perennial.accounts.Deed;
import java.util.Locale;

/** What the audit log tells of attributes. */
enum AttributeDeed implements Deed {
    DEFINED,
    CHANGED,
    ARCHIVED,
    RESTORED,
    DELETED;

    @Override
    public String key() {
        return "attributes.deed." + name().toLowerCase(Locale.ROOT);
    }
}
