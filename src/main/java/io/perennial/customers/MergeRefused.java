package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import java.util.Locale;

/** Customers cannot be merged, or a merge cannot be taken back; the message says why, in words for staff. */
public class MergeRefused extends RuntimeException {

    /** Why. */
    public enum Why {
        SAME,
        TOO_LATE,
        UNDONE,
        MERGED_ON
    }

    MergeRefused(Why why) {
        super(t("privacy.merge.refused." + why.name().toLowerCase(Locale.ROOT)));
    }
}
