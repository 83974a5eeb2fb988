package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import java.util.Locale;

/** A customer cannot get this tag; the message says why, in words for staff. */
public class TagRefused extends RuntimeException {

    /** Why. */
    public enum Why {
        EMPTY,
        TOO_LONG,
        TOO_MANY
    }

    TagRefused(Why why) {
        super(t("tags.refused." + why.name().toLowerCase(Locale.ROOT), CustomerTags.LONGEST, CustomerTags.MOST));
    }
}
