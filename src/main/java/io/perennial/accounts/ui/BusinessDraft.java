package io.perennial.accounts.ui;

import io.perennial.accounts.Business;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A business's settings while they are edited. Texts are never null; empty ones are stored as none. */
class BusinessDraft {

    private final Business before;
    String name;
    String country;
    Locale locale;
    ZoneId zone;
    Currency currency;
    String postalAddress;
    String senderName;
    String senderEmail;
    String replyTo;
    String website;

    BusinessDraft(Business before) {
        this.before = before;
        name = before.name();
        country = before.country();
        locale = before.locale();
        zone = before.zone();
        currency = before.currency();
        postalAddress = orEmpty(before.postalAddress());
        senderName = orEmpty(before.senderName());
        senderEmail = orEmpty(before.senderEmail());
        replyTo = orEmpty(before.replyTo());
        website = orEmpty(before.website());
    }

    Business toBusiness() {
        return new Business(
                before.id(),
                name.strip(),
                country,
                locale,
                zone,
                currency,
                orNone(postalAddress),
                orNone(senderName),
                orNone(senderEmail),
                orNone(replyTo),
                orNone(website));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String orNone(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
