package io.perennial.delivery.pace;

import io.perennial.accounts.Deed;
import java.util.Locale;

/** What the audit log tells of limits of sending. */
enum PaceDeed implements Deed {
    LIMITS_CHANGED,
    GRANT_CHANGED,
    BUSINESS_PAUSED,
    BUSINESS_RESUMED;

    @Override
    public String key() {
        return "delivery.deed." + name().toLowerCase(Locale.ROOT);
    }
}
