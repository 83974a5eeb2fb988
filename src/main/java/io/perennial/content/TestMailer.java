package io.perennial.content;

import io.perennial.kernel.EmailAddress;

/** Sends a template to somebody of the staff, to see it in a real inbox. Implemented by who knows how to send. */
public interface TestMailer {

    /**
     * Sends at once, from the business's own sender.
     *
     * @throws RuntimeException with words for staff, if it could not be sent
     */
    void send(EmailAddress to, RenderedMail mail);
}
