package io.perennial.api;

import io.perennial.accounts.Deed;
import java.util.Locale;

/** What the audit log tells of keys. */
enum ApiKeyDeed implements Deed {
    KEY_MADE,
    KEY_REVOKED;

    @Override
    public String key() {
        return "api.deed." + name().toLowerCase(Locale.ROOT);
    }
}
