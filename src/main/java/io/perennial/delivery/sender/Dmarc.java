package io.perennial.delivery.sender;

import io.perennial.delivery.sender.DnsResolver.Unavailable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a domain asks receivers to do with mails that are not signed as its own (RFC 7489; found by walking up the names
 * as its successor does, without a list of public suffixes).
 *
 * @param at the domain whose record counts; null where there is none
 */
record Dmarc(
        Standing standing, @Nullable String at, @Nullable String record, Map<String, String> tags) {

    /** As deep as receivers look. */
    private static final int LEVELS = 8;

    enum Standing {
        MISSING,
        SEVERAL,
        INVALID,
        /** {@code p=none}: only watched. */
        WATCHED,
        ENFORCED
    }

    static Dmarc read(DnsResolver dns, String domain) throws Unavailable {
        String at = domain;
        for (int level = 0; level < LEVELS && at.indexOf('.') > 0; level++) {
            List<String> found = dns.txt("_dmarc." + at).stream()
                    .filter(text -> text.strip().matches("(?is)v\\s*=\\s*DMARC1\\s*(;.*)?"))
                    .toList();
            if (found.size() > 1) {
                return new Dmarc(Standing.SEVERAL, at, String.join(" | ", found), Map.of());
            }
            if (found.size() == 1) {
                return of(at, found.getFirst(), at.equals(domain));
            }
            at = at.substring(at.indexOf('.') + 1);
        }
        return new Dmarc(Standing.MISSING, null, null, Map.of());
    }

    private static Dmarc of(String at, String record, boolean own) {
        Map<String, String> tags = Tags.of(record);
        String policy = tags.getOrDefault("p", "").toLowerCase(Locale.ROOT);
        String counts = own ? policy : tags.getOrDefault("sp", policy).toLowerCase(Locale.ROOT);
        Standing standing = switch (counts) {
            case "none" -> Standing.WATCHED;
            case "quarantine", "reject" -> Standing.ENFORCED;
            default -> Standing.INVALID;
        };
        return new Dmarc(standing, at, record, tags);
    }

    /**
     * Whether the envelope's domain speaks for the sender's: the same, or within the same organisation unless strictness
     * is asked for.
     */
    boolean aligns(String sender, String envelope) {
        if (sender.equals(envelope)) {
            return true;
        }
        if ("s".equalsIgnoreCase(tags.getOrDefault("aspf", "r"))) {
            return false;
        }
        String organisation = at == null ? shorter(sender, envelope) : at;
        return isWithin(sender, organisation) && isWithin(envelope, organisation);
    }

    private static String shorter(String a, String b) {
        return a.length() < b.length() ? a : b;
    }

    private static boolean isWithin(String domain, String organisation) {
        return domain.equals(organisation) || domain.endsWith("." + organisation);
    }
}
