package io.perennial.delivery;

/** Makes connections to the mail server of this installation. */
interface MailServer {

    /** Whether one is configured at all. */
    boolean configured();

    /** A connection for one worker; nothing is opened before the first message. */
    MailConnection connection();
}
