package io.perennial.campaigns;

/** What happens to a campaign whose time passed while the product was down. */
public enum MissedPolicy {
    /** It is sent late, up to a number of hours; after that a person decides. */
    SEND_LATE,
    /** It is not sent any more. */
    SKIP,
    /** A person decides. */
    ASK
}
