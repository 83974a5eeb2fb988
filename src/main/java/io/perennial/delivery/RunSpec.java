package io.perennial.delivery;

import io.perennial.kernel.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent.
 *
 * @param composer the {@link MessageComposer#kind()} that makes its messages
 * @param reference what that composer knows it by, for instance the campaign's id
 * @param title for pages about sending, for instance the campaign's name
 * @param exempt whether it goes out regardless of quiet hours and the frequency cap
 * @param topic the consent topic; its one-click unsubscribe withdraws this, all others by choice
 */
public record RunSpec(
        String composer,
        long reference,
        String title,
        String senderName,
        EmailAddress senderAddress,
        @Nullable EmailAddress replyTo,
        @Nullable String topic,
        boolean exempt) {

    /** One that keeps to the rules. */
    public RunSpec(
            String composer,
            long reference,
            String title,
            String senderName,
            EmailAddress senderAddress,
            @Nullable EmailAddress replyTo,
            @Nullable String topic) {
        this(composer, reference, title, senderName, senderAddress, replyTo, topic, false);
    }
}
