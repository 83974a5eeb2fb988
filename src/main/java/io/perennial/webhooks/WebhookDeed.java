package io.perennial.webhooks;

import io.perennial.accounts.Deed;
import java.util.Locale;

/** What the audit log tells of webhooks. */
enum WebhookDeed implements Deed {
    ADDED,
    CHANGED,
    SECRET_REPLACED,
    SWITCHED_ON,
    SWITCHED_OFF,
    GAVE_UP,
    REMOVED,
    SENT_AGAIN;

    @Override
    public String key() {
        return "webhooks.deed." + name().toLowerCase(Locale.ROOT);
    }
}
