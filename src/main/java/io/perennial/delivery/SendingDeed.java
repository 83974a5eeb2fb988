package io.perennial.delivery;

import io.perennial.accounts.Deed;
import java.util.Locale;

/** What the audit log tells of the settings of sending. */
enum SendingDeed implements Deed {
    TRACKING_CHANGED,
    PAGES_CHANGED,
    LOGO_CHANGED,
    LOGO_REMOVED;

    @Override
    public String key() {
        return "delivery.deed." + name().toLowerCase(Locale.ROOT);
    }
}
