package io.perennial.delivery.returns;

/** How a mail came in. */
public enum ReturnSource {
    MAILBOX,
    SMTP
}
