package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import java.util.Locale;

/** A topic cannot be so; the message says why, in words for staff. */
public class TopicRefused extends RuntimeException {

    /** Why. */
    public enum Why {
        NO_NAME,
        NAME_TAKEN,
        NEEDED,
        TOO_MANY
    }

    TopicRefused(Why why) {
        super(t("privacy.topics.refused." + why.name().toLowerCase(Locale.ROOT), Topics.MOST));
    }
}
