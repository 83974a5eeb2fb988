package io.perennial.delivery;

/** What a person decides about mails of which nobody knows whether the mail server has them. */
public enum DoubtChoice {
    /** They probably arrived: nothing is sent. */
    COUNT_AS_SENT,
    /** Rather twice than not at all: those who got it get a second copy, of the same Message-ID. */
    SEND_AGAIN
}
