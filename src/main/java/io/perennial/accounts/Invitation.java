package io.perennial.accounts;

import io.perennial.kernel.EmailAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who was invited and has not answered.
 *
 * @param mailState whether the mail server took the mail
 * @param mailError why it did not
 */
public record Invitation(
        long id,
        EmailAddress email,
        StaffRole role,
        String invitedBy,
        Instant mailedAt,
        Instant expiresAt,
        MailState mailState,
        @Nullable String mailError) {

    /** How far its mail came. */
    public enum MailState {
        WAITING,
        TAKEN,
        FAILED
    }
}
