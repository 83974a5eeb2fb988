package io.perennial.delivery.returns;

/** What a mail that came in means for the message it is about. */
enum ReturnKind {
    /** Nobody has this address: it is not mailed again. */
    HARD,
    /** A mailbox that is full, a server that is away: counted. */
    SOFT,
    /** The mail or its sender is not wanted (policy, content, size): nothing about the customer. */
    OWN_FAULT,
    /** Not delivered yet; the server goes on trying. */
    DELAYED,
    /** Delivered, or handed on to a server that reports no more. */
    DELIVERED,
    /** The person reported it as spam. */
    COMPLAINT,
    /** An answer by a machine, such as "out of office". */
    AUTO_REPLY,
    /** A report that asks for nothing, for instance "not spam". */
    NOTICE,
    /** None of these: perhaps a person wrote. */
    OTHER;

    /** Whether the message did not arrive. */
    boolean isFailure() {
        return this == HARD || this == SOFT || this == OWN_FAULT;
    }

    /** Whether it is kept with the message. */
    boolean isKept() {
        return isFailure() || this == DELAYED || this == DELIVERED || this == COMPLAINT;
    }
}
