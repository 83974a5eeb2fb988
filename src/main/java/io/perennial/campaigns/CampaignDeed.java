package io.perennial.campaigns;

import io.perennial.accounts.Deed;
import java.util.Locale;

/** What the audit log tells of campaigns. */
enum CampaignDeed implements Deed {
    SCHEDULED,
    BACK_TO_DRAFT,
    PAUSED,
    RESUMED,
    CANCELLED,
    DOUBT_COUNTED_AS_SENT,
    DOUBT_SENT_AGAIN,
    DELETED;

    @Override
    public String key() {
        return "campaigns.deed." + name().toLowerCase(Locale.ROOT);
    }
}
