package io.perennial.delivery.returns;

/** Why a mail that came in led to nothing. */
public enum QuarantineReason {
    /** It cannot be read. */
    MALFORMED,
    /** It names a message by a signature that is not ours, or no longer. */
    FORGED,
    /** It names no message. */
    NAMELESS,
    /** It is about a message of ours and says nothing that we know: perhaps a person wrote. */
    NO_REPORT
}
