package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import java.util.Locale;

/** A customer cannot be asked for consent now; the message says why, in words for staff. */
public class AskRefused extends RuntimeException {

    /** Why. */
    public enum Why {
        NO_ADDRESS,
        SUPPRESSED,
        SAID_NO,
        ASKED_LATELY,
        NOTHING_TO_ASK,
        TOO_MANY
    }

    AskRefused(Why why) {
        super(t("privacy.ask.refused." + why.name().toLowerCase(Locale.ROOT), StaffConsentRequests.WAIT_DAYS));
    }

    AskRefused(String hindrance) {
        super(hindrance);
    }
}
