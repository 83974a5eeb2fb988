package io.perennial.delivery;

import io.perennial.kernel.EmailAddress;
import org.jspecify.annotations.Nullable;

/** Sends one mail at once, outside the ledger: test sends, invitations. */
public interface Mailer {

    /**
     * Sends and waits for the server's answer.
     *
     * @throws MailNotSent if the server refused or did not answer; its message says why
     */
    void send(Mail mail);

    /** One mail. Addresses and names are checked against line breaks. */
    record Mail(
            String senderName,
            EmailAddress senderAddress,
            @Nullable EmailAddress replyTo,
            EmailAddress to,
            String subject,
            String html,
            String text) {}

    /** The server did not take the mail. */
    class MailNotSent extends RuntimeException {
        public MailNotSent(String message) {
            super(message);
        }

        public MailNotSent(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
