package io.perennial.accounts;

import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
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
        @Nullable String website) {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** Checks what a form has checked before in friendlier words. */
    void requireValid() {
        require(!name.isBlank() && name.length() <= 120, "A name has 1 to 120 characters");
        require(COUNTRIES.contains(country), "Unknown country " + country);
        require(!locale.getLanguage().isEmpty(), "A locale has a language");
        require(postalAddress == null || postalAddress.length() <= 500, "A postal address has at most 500 characters");
        require(senderName == null || isHeaderText(senderName, 120), "A sender name is one line of 120 characters");
        require(senderEmail == null || EmailAddress.parse(senderEmail).isPresent(), "The sender is no address");
        require(replyTo == null || EmailAddress.parse(replyTo).isPresent(), "Reply-to is no address");
        require(website == null || isWebAddress(website), "The website is no http or https address");
    }

    /** What differs in {@code after}, for the audit log. */
    AuditChanges changesTo(Business after) {
        return AuditChanges.none()
                .and("accounts.name", name, after.name)
                .and("accounts.country", country, after.country)
                .and("accounts.language", locale.toLanguageTag(), after.locale.toLanguageTag())
                .and("accounts.zone", zone, after.zone)
                .and("accounts.currency", currency, after.currency)
                .and("accounts.postal_address", postalAddress, after.postalAddress)
                .and("accounts.sender_name", senderName, after.senderName)
                .and("accounts.sender_email", senderEmail, after.senderEmail)
                .and("accounts.reply_to", replyTo, after.replyTo)
                .and("accounts.website", website, after.website);
    }

    /** Whether {@code text} is an absolute web address of at most 300 characters. */
    public static boolean isWebAddress(String text) {
        try {
            URI uri = new URI(text);
            return text.length() <= 300
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getHost().contains(".")
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Whether {@code text} can stand in a mail's header: one line, nothing that ends it early. */
    public static boolean isHeaderText(String text, int maxLength) {
        return !text.isBlank() && text.length() <= maxLength && text.chars().noneMatch(Character::isISOControl);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
