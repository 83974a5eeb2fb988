package io.perennial.accounts.signin;

import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Slows down guessing of passwords without letting a guesser lock a person out. Counted are attempts for one account from
 * one address (5 are free), from one address for any account (40), and for one account from everywhere (50, which holds up
 * who guesses from thousands of machines). Then each next one waits twice as long as the one before, from 15 seconds to 5
 * minutes; an hour of silence forgives. A browser in which the person has signed in before is asked for its own attempts
 * only, so whatever others do, its owner comes in. Attempts count when they begin, so that parallel ones do not slip
 * through. Kept in the database: all nodes count together.
 */
@Component
@TenantSql("Attempts are counted before anybody is signed in; the table is nobody's tenant data.")
public class SignInThrottle {

    static final int FREE_PER_PAIR = 5;
    static final int FREE_PER_ADDRESS = 40;
    static final int FREE_PER_ACCOUNT = 50;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration FORGIVEN_AFTER = Duration.ofHours(1);

    private record Key(byte[] hash, int free) {}

    private record Attempts(Key key, int count, Instant last, Instant waitUntil) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final KnownDevices devices;
    private final Clock clock;

    @Autowired
    SignInThrottle(JdbcClient jdbc, TransactionTemplate transaction, KnownDevices devices) {
        this(jdbc, transaction, devices, Clock.systemUTC());
    }

    SignInThrottle(JdbcClient jdbc, TransactionTemplate transaction, KnownDevices devices, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.devices = devices;
        this.clock = clock;
    }

    /**
     * Asks to try a sign-in and counts it.
     *
     * @param device what the browser's cookie says, see {@link KnownDevices}
     * @return how long to wait first; zero to go ahead
     */
    public Duration begin(@Nullable String account, String address, @Nullable String device) {
        String name = name(account);
        List<Key> keys = device != null && devices.isKnown(name, device)
                ? List.of(new Key(Tokens.hash("device " + name + ' ' + device), FREE_PER_PAIR))
                : List.of(
                        new Key(pair(name, address), FREE_PER_PAIR),
                        new Key(everywhere(name), FREE_PER_ACCOUNT),
                        new Key(Tokens.hash("address " + network(address)), FREE_PER_ADDRESS));
        return count(keys);
    }

    /** As {@link #begin}, for something else that is open to anybody: a link to be mailed, a code to be tried. */
    public Duration beginOther(String deed, String wanted, String address) {
        return count(List.of(
                new Key(Tokens.hash(deed + ' ' + name(wanted) + ' ' + network(address)), FREE_PER_PAIR),
                new Key(Tokens.hash(deed + " account " + name(wanted)), FREE_PER_ACCOUNT),
                new Key(Tokens.hash(deed + " address " + network(address)), FREE_PER_ADDRESS)));
    }

    /** Forgets the failures of this account from this address and browser: its owner has come in. */
    public void succeeded(String account, String address, @Nullable String device) {
        String name = name(account);
        forget(pair(name, address));
        if (device != null && devices.isKnown(name, device)) {
            forget(Tokens.hash("device " + name + ' ' + device));
            // It was counted nowhere else: coming in again and again must not clear the way for guesses at others.
            return;
        }
        // One attempt less for the others: an office behind one address signs in every morning.
        forgive(everywhere(name));
        forgive(Tokens.hash("address " + network(address)));
    }

    /** As {@link #succeeded}, for what {@link #beginOther} counted. */
    public void succeededOther(String deed, String wanted, String address) {
        forget(Tokens.hash(deed + ' ' + name(wanted) + ' ' + network(address)));
        forgive(Tokens.hash(deed + " account " + name(wanted)));
        forgive(Tokens.hash(deed + " address " + network(address)));
    }

    private Duration count(List<Key> keys) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Duration wait = transaction.execute(status -> {
            List<Attempts> known = new ArrayList<>();
            // Each row is locked, always in the same order, so that parallel attempts are counted one after another.
            for (Key key : keys) {
                known.add(locked(key, now));
            }
            Duration longest = known.stream()
                    .map(each -> Duration.between(now, each.waitUntil()))
                    .reduce(Duration.ZERO, SignInThrottle::max);
            if (longest.isZero()) {
                known.forEach(each -> count(each, now));
            }
            return longest;
        });
        jdbc.sql("DELETE FROM sign_in_attempt WHERE last_at < ? LIMIT 20")
                .param(utc(now.minus(FORGIVEN_AFTER)))
                .update();
        return wait;
    }

    private Attempts locked(Key key, Instant now) {
        jdbc.sql("INSERT INTO sign_in_attempt (key_hash, attempts, last_at, wait_until) VALUES (?, 0, ?, ?) "
                        + "ON DUPLICATE KEY UPDATE attempts = attempts")
                .params(key.hash(), utc(now), utc(now))
                .update();
        return jdbc.sql("SELECT attempts, last_at, wait_until FROM sign_in_attempt WHERE key_hash = ?")
                .param(key.hash())
                .query((rs, n) -> new Attempts(
                        key,
                        rs.getInt(1),
                        rs.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC)))
                .single();
    }

    private void count(Attempts known, Instant now) {
        boolean counts = known.last().plus(FORGIVEN_AFTER).isAfter(now);
        int count = counts ? known.count() + 1 : 1;
        jdbc.sql("UPDATE sign_in_attempt SET attempts = ?, last_at = ?, wait_until = ? WHERE key_hash = ?")
                .params(
                        count,
                        utc(now),
                        utc(now.plus(waitAfter(count - known.key().free()))),
                        known.key().hash())
                .update();
    }

    private void forgive(byte[] key) {
        jdbc.sql("UPDATE sign_in_attempt SET attempts = GREATEST(0, attempts - 1), wait_until = last_at "
                        + "WHERE key_hash = ?")
                .param(key)
                .update();
    }

    private void forget(byte[] key) {
        jdbc.sql("DELETE FROM sign_in_attempt WHERE key_hash = ?").param(key).update();
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

    private static byte[] pair(String name, String address) {
        return Tokens.hash("pair " + name + ' ' + network(address));
    }

    private static byte[] everywhere(String name) {
        return Tokens.hash("account " + name);
    }

    private static String name(@Nullable String account) {
        return account == null ? "" : account.strip().toLowerCase(Locale.ROOT);
    }

    /** Of IPv6 the 64 bits that a provider gives to one customer, who has all the rest to choose from. */
    static String network(String address) {
        if (address.indexOf(':') < 0 || address.contains(".")) {
            return address;
        }
        String[] halves = address.split("%", 2)[0].split("::", 2);
        List<String> groups = new ArrayList<>(List.of(halves[0].split(":")));
        if (halves.length == 2) {
            int behind = halves[1].isEmpty() ? 0 : halves[1].split(":").length;
            while (groups.size() + behind < 8) {
                groups.add("0");
            }
        }
        return String.join(":", groups.subList(0, Math.min(4, groups.size()))).toLowerCase(Locale.ROOT) + "::/64";
    }

    private static LocalDateTime utc(Instant at) {
        return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
