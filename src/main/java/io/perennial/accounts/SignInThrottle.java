package io.perennial.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing of passwords without letting a guesser lock a person out: what is counted is attempts for one
 * account from one address. Five are free, then each next one waits twice as long as the one before, from 15 seconds
 * to 5 minutes; an hour of silence forgives. A single address that tries many accounts is slowed down as well, after
 * 40 attempts. Attempts count when they begin, so that parallel ones do not slip through.
 *
 * <p>Kept in memory of this node, for at most 20,000 pairs: with sticky sessions a guesser gets as many free attempts
 * more as there are nodes, which does not help them.
 */
@Component
public class SignInThrottle {

    static final int FREE_PER_ACCOUNT = 5;
    static final int FREE_PER_ADDRESS = 40;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration FORGIVEN_AFTER = Duration.ofHours(1);
    private static final int MAX_ENTRIES = 20_000;

    private record Attempts(int count, Instant last, Instant blockedUntil) {}

    private final Clock clock;
    private final Map<String, Attempts> attempts = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    SignInThrottle() {
        this(Clock.systemUTC());
    }

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * Asks to try a sign-in and counts it.
     *
     * @return how long to wait first; zero to go ahead
     */
    public synchronized Duration begin(@Nullable String account, String address) {
        Instant now = clock.instant();
        Duration wait = max(waitOf(pair(account, address), now), waitOf(address, now));
        if (wait.isZero()) {
            count(pair(account, address), FREE_PER_ACCOUNT, now);
            count(address, FREE_PER_ADDRESS, now);
        }
        return wait;
    }

    /** Forgets the failures of this account from this address: its owner has come in. */
    public synchronized void succeeded(String account, String address) {
        attempts.remove(pair(account, address));
        // One attempt less for the address: an office behind one address signs in every morning.
        attempts.computeIfPresent(
                address, (key, known) -> new Attempts(Math.max(0, known.count() - 1), known.last(), Instant.EPOCH));
    }

    private Duration waitOf(String key, Instant now) {
        Attempts known = attempts.get(key);
        return known == null || !known.blockedUntil().isAfter(now)
                ? Duration.ZERO
                : Duration.between(now, known.blockedUntil());
    }

    private void count(String key, int free, Instant now) {
        Attempts known = attempts.get(key);
        boolean counts = known != null && known.last().plus(FORGIVEN_AFTER).isAfter(now);
        int count = known != null && counts ? known.count() + 1 : 1;
        attempts.put(key, new Attempts(count, now, now.plus(waitAfter(count - free))));
    }

    private static Duration waitAfter(int excess) {
        if (excess < 0) {
            return Duration.ZERO;
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(excess, 5));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static String pair(@Nullable String account, String address) {
        String name = account == null ? "" : account.strip().toLowerCase(Locale.ROOT);
        return (name.length() > 254 ? name.substring(0, 254) : name) + ' ' + address;
    }
}
