package io.perennial.delivery;

/** Makes connections to one mail server, and knows how it is doing. */
interface MailServer {

    /** Its host and port, for operators. */
    String name();

    /** Whether there is one at all; mails wait for it otherwise. */
    boolean configured();

    /** A connection for one worker; nothing is opened before the first message. */
    MailConnection connection();

    /** How it is doing. */
    ServerHealth health();
}
