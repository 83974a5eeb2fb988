package io.perennial.delivery;

import io.perennial.kernel.CustomerId;

/**
 * One person of a run, handed to the composer with the links made for this message.
 *
 * @param unsubscribeLink page that asks for confirmation; https in production
 * @param preferencesLink page to choose topics
 */
public record Recipient(
        long messageId, CustomerId customer, String email, String unsubscribeLink, String preferencesLink) {}
