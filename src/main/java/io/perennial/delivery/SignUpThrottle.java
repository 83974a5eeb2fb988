package io.perennial.delivery;

import io.perennial.kernel.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * How many sign-ups are taken: 20 an hour from one network, 2,000 an hour for one business. Kept in memory of this node,
 * for at most 20,000 networks; what bounds the mails to one address is kept in the database.
 */
@Component
class SignUpThrottle {

    static final int A_NETWORK = 20;
    static final int A_BUSINESS = 2_000;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int MAX_ENTRIES = 20_000;
    private static final Pattern V4 = Pattern.compile("(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})\\.\\d{1,3}");

    private record Count(int count, Instant since) {}

    private final Clock clock;
    private final Map<String, Count> counts = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    SignUpThrottle() {
        this(Clock.systemUTC());
    }

    SignUpThrottle(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean mayPass(TenantId tenant, String network) {
        return count("n " + tenant + ' ' + shortened(network)) <= A_NETWORK && count("t " + tenant) <= A_BUSINESS;
    }

    private int count(String key) {
        Instant now = clock.instant();
        Count known = counts.get(key);
        Count next = known == null || known.since().plus(WINDOW).isBefore(now)
                ? new Count(1, now)
                : new Count(known.count() + 1, known.since());
        counts.put(key, next);
        return next.count();
    }

    /** The network of an address: 24 bits of IPv4, 48 of IPv6, so that it leads to nobody. */
    static String shortened(String address) {
        var v4 = V4.matcher(address);
        if (v4.matches()) {
            return v4.group(1) + ".0";
        }
        String[] parts = address.split("%")[0].split(":", -1);
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < Math.min(3, parts.length) && !parts[i].isEmpty(); i++) {
            kept.append(parts[i]).append(':');
        }
        return kept.append(kept.isEmpty() ? "::" : ":").toString();
    }
}
