package io.perennial.delivery.sender;

/** How the conversation with a mail server is kept from others. */
public enum Encryption {
    NONE,
    /** STARTTLS where it is offered. */
    OFFERED,
    /** STARTTLS, or nothing is sent. */
    REQUIRED,
    /** From the first byte. */
    IMPLICIT
}
