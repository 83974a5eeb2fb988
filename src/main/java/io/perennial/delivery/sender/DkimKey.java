package io.perennial.delivery.sender;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key of a sender domain as staff see it: all but its private half.
 *
 * @param publicKey as {@code p=} of the DNS record gives it
 * @param checked when its record was last looked for in the DNS, if ever
 * @param seen when its record was last found there as it should be, if ever
 */
public record DkimKey(
        long id,
        String domain,
        String selector,
        DkimAlgorithm algorithm,
        State state,
        String publicKey,
        Instant created,
        @Nullable Instant checked,
        @Nullable Instant seen) {

    /** The longest string within a TXT record (RFC 1035, 3.3). */
    private static final int LONGEST = 255;

    /** Where a key stands in its life. */
    public enum State {
        /** Its record is to be put into the DNS. */
        WAITING,
        /** Mails are signed with it. */
        ACTIVE,
        /** Replaced; its record stays until the mails signed with it have arrived. Its private half is gone. */
        RETIRED
    }

    /** Whether its record was as it should be when it was last looked for. */
    public boolean isConfirmed() {
        return seen != null && (checked == null || !seen.isBefore(checked));
    }

    /** Where its record belongs, without a dot at the end. */
    public String recordName() {
        return selector + "._domainkey." + domain;
    }

    /** What its record says, in one piece. */
    public String recordValue() {
        return "v=DKIM1; k=" + algorithm.tag() + "; p=" + publicKey;
    }

    /** The record in quoted strings of at most 255 characters, as zone files and some providers want it. */
    public String recordStrings() {
        String value = recordValue();
        List<String> parts = new ArrayList<>();
        for (int at = 0; at < value.length(); at += LONGEST) {
            parts.add(value.substring(at, Math.min(at + LONGEST, value.length())));
        }
        return parts.stream().map(part -> '"' + part + '"').collect(Collectors.joining(" "));
    }
}
