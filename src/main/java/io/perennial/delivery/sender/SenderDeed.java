package io.perennial.delivery.sender;

import io.perennial.accounts.Deed;
import java.util.Locale;

/** What the audit log tells of a business's sender. */
enum SenderDeed implements Deed {
    SERVER_CHANGED,
    SERVER_SWITCHED,
    SERVER_FORGOTTEN,
    KEYS_MADE,
    KEY_ON,
    KEY_OFF,
    KEY_REMOVED;

    @Override
    public String key() {
        return "delivery.deed." + name().toLowerCase(Locale.ROOT);
    }
}
