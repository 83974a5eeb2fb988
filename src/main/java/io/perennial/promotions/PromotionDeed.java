package io.perennial.promotions;

import io.perennial.accounts.Deed;
import java.util.Locale;

/** What the audit log tells of promotions. */
enum PromotionDeed implements Deed {
    PLANNED,
    REOPENED,
    CANCELLED,
    DELETED,
    REDEMPTION_UNDONE;

    @Override
    public String key() {
        return "promotions.deed." + name().toLowerCase(Locale.ROOT);
    }
}
