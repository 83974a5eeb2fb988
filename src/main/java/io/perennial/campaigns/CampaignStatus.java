package io.perennial.campaigns;

import static io.perennial.uikit.Texts.t;

import java.util.Locale;

/** Where a campaign stands. */
public enum CampaignStatus {
    DRAFT,
    SCHEDULED,
    /** It came due while nothing could send, or could not start; a person decides what happens. */
    MISSED,
    SENDING,
    PAUSED,
    DONE,
    CANCELLED;

    /** Whether nothing happens any more. */
    public boolean isOver() {
        return this == DONE || this == CANCELLED;
    }

    /** Whether mails were handed to delivery at some time. */
    public boolean isLaunched() {
        return this == SENDING || this == PAUSED || this == DONE;
    }

    /** The word for it in the user's language. */
    public String word() {
        return t("campaigns.status." + name().toLowerCase(Locale.ROOT));
    }
}
