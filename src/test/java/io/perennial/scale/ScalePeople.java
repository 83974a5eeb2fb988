package io.perennial.scale;

import io.perennial.kernel.TenantId;
import io.perennial.scale.BulkLoad.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The customers of a {@link ScaleShop}: {@code i} counts them from 0 in the order in which they joined. */
final class ScalePeople {

    static final List<String> TOPICS = List.of("news", "offers");
    static final String COLUMNS = "tenant_id, id, external_id, email, first_name, last_name, phone, gender, birthday, "
            + "city, country, locale, created_at, updated_at";
    static final String CONSENT_COLUMNS = "tenant_id, customer_id, topic, status, at, source";
    static final String CHANGE_COLUMNS = "tenant_id, id, customer_id, topic, status, at, source";
    static final String SUPPRESSION_COLUMNS = "tenant_id, @hash, email, reason, at) SET email_hash = UNHEX(@hash";

    private static final int PERSON = 2;
    private static final int CONSENT = 3;
    private static final int TAG = 4;
    private static final int SUPPRESSION = 5;

    private final TenantId tenant;
    private final long seed;
    private final int count;
    private final long firstId;
    private final LocalDateTime begin;

    ScalePeople(TenantId tenant, long seed, int count, long firstId, LocalDateTime begin) {
        this.tenant = tenant;
        this.seed = seed;
        this.count = count;
        this.firstId = firstId;
        this.begin = begin;
    }

    TenantId tenant() {
        return tenant;
    }

    int count() {
        return count;
    }

    long id(int i) {
        return firstId + i;
    }

    LocalDateTime at(long minute) {
        return begin.plusMinutes(minute);
    }

    long joined(int i) {
        return Rhythm.joined(i, count);
    }

    Dice dice(int kind, long index) {
        return Dice.of(seed, kind, index);
    }

    @Nullable
    String email(int i) {
        return dice(PERSON + 100, i).chance(0.03) ? null : "c" + i + "@mail" + i % 50 + ".example";
    }

    void customer(Row row, int i) throws InterruptedException {
        Dice dice = dice(PERSON, i);
        LocalDateTime at = at(joined(i));
        double abroad = dice.share();
        String country = abroad < 0.86 ? "CZ" : abroad < 0.95 ? "SK" : abroad < 0.98 ? "PL" : "DE";
        row.add(tenant.value())
                .add(id(i))
                .add(String.format(Locale.ROOT, "C%08d", i))
                .add(email(i))
                .add(Assortment.any(Assortment.FIRST, dice))
                .add(Assortment.any(Assortment.LAST, dice))
                .add(dice.chance(0.5) ? "+420" + (600_000_000 + dice.below(200_000_000)) : null)
                .add(dice.chance(0.55) ? dice.chance(0.6) ? "f" : "m" : null)
                .add(dice.chance(0.6) ? LocalDate.of(1940, 1, 1).plusDays(dice.below(66 * 365)) : null)
                .add(dice.chance(0.9) ? Assortment.city(dice) : null)
                .add(country)
                .add("cs-CZ")
                .add(at)
                .add(at)
                .end();
    }

    /** Seven in ten want news, four in ten offers, some want no more. */
    void consents(Row row, int i) throws InterruptedException {
        for (int topic = 0; topic < TOPICS.size(); topic++) {
            String status = status(i, topic);
            if (status != null) {
                row.add(tenant.value())
                        .add(id(i))
                        .add(TOPICS.get(topic))
                        .add(status)
                        .add(at(joined(i)))
                        .add("import")
                        .end();
            }
        }
    }

    void changes(Row row, int i) throws InterruptedException {
        for (int topic = 0; topic < TOPICS.size(); topic++) {
            String status = status(i, topic);
            if (status != null) {
                row.add(tenant.value())
                        .add(id(i) * TOPICS.size() + topic)
                        .add(id(i))
                        .add(TOPICS.get(topic))
                        .add(status)
                        .add(at(joined(i)))
                        .add("import")
                        .end();
            }
        }
    }

    @Nullable
    String status(int i, int topic) {
        double share = dice(CONSENT + topic * 10, i).share();
        double granted = topic == 0 ? 0.7 : 0.4;
        return share < granted ? "GRANTED" : share < granted + 0.06 ? "WITHDRAWN" : null;
    }

    void tags(Row row, int i) throws InterruptedException {
        Dice dice = dice(TAG, i);
        double left = 0.18;
        for (String tag : Assortment.TAGS) {
            if (dice.chance(left)) {
                row.add(tenant.value()).add(id(i)).add(tag).end();
            }
            left *= 0.6;
        }
    }

    void suppression(Row row, int i) throws InterruptedException {
        String email = email(i);
        Dice dice = dice(SUPPRESSION, i);
        if (email != null && dice.chance(0.03)) {
            row.add(tenant.value())
                    .add(sha256(email))
                    .add(email)
                    .add(dice.chance(0.6) ? "UNSUBSCRIBED" : "BOUNCED")
                    .add(at(joined(i)))
                    .end();
        }
    }

    private static String sha256(String text) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
