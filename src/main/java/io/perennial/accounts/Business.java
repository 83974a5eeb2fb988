package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A business: the tenant, how it presents itself and how its calendar and money work.
 *
 * @param country ISO 3166 alpha-2
 * @param locale of its customers unless they have their own
 * @param zone in which its days begin and its campaigns are planned
 * @param currency of every figure shown
 * @param postalAddress one line or several; marketing mail cannot start without it
 * @param senderName and {@code senderEmail}: the From of its mails
 * @param replyTo where answers go; empty means the sender's address
 */
public record Business(
        TenantId id,
        String name,
        String country,
        Locale locale,
        ZoneId zone,
        Currency currency,
        @Nullable String postalAddress,
        @Nullable String senderName,
        @Nullable String senderEmail,
        @Nullable String replyTo,
        @Nullable String website) {}
