package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asked for mails, or was asked by staff, and has to confirm it.
 *
 * @param customer whom staff asked, or who confirmed
 * @param source for the evidence: "sign-up page", "asked by staff: Ada Novak"
 * @param network where it was asked from, shortened so that it leads to nobody
 */
public record ConsentRequest(
        long id,
        String email,
        @Nullable CustomerId customer,
        @Nullable String firstName,
        Locale language,
        List<Wanted> topics,
        String source,
        @Nullable String network,
        Instant askedAt,
        Instant expiresAt,
        @Nullable Instant confirmedAt) {

    /** A topic asked for, its name and the exact text that was shown. */
    public record Wanted(String topic, String name, String wording) {}
}
