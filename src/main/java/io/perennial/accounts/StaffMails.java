package io.perennial.accounts;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends the installation's own mails to staff. The sending engine has the bean of this; it needs no business and no
 * sender of a business.
 */
public interface StaffMails {

    /**
     * Sends after the surrounding transaction, off this thread.
     *
     * @param outcome hears, on another thread and outside every scope, that the server took it (empty) or why it did not
     */
    void sendSoon(StaffMail mail, Consumer<Optional<String>> outcome);

    /** As {@link #sendSoon(StaffMail, Consumer)}; a failure is only logged. */
    default void sendSoon(StaffMail mail) {
        sendSoon(mail, outcome -> {});
    }
}
