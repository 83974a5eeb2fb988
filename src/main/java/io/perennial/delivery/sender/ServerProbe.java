package io.perennial.delivery.sender;

/** Speaks to a mail server as far as that it would take a mail, and sends none. */
@FunctionalInterface
public interface ServerProbe {

    /**
     * Takes seconds where the server is slow.
     *
     * @param sender of the mail that is not sent
     * @param recipient whom it would be for
     */
    Finding probe(OwnServers.Access access, String sender, String recipient);

    /** @param detail what the server, or the network, said; empty where all is well */
    record Finding(Problem problem, String detail) {}

    /** How far it went. */
    enum Problem {
        NONE,
        NO_SUCH_HOST,
        PRIVATE_ADDRESS,
        REFUSED,
        NO_ANSWER,
        NO_MAIL_SERVER,
        NOT_WELCOME,
        STARTTLS_NOT_OFFERED,
        STARTTLS_REFUSED,
        NO_TLS_THERE,
        CERTIFICATE_NAME,
        CERTIFICATE_UNKNOWN,
        CERTIFICATE_EXPIRED,
        TLS_FAILED,
        SIGN_IN_NOT_OFFERED,
        SIGN_IN_WAYS,
        SIGN_IN_REFUSED,
        SENDER_REFUSED,
        RECIPIENT_REFUSED,
        ENDED
    }
}
