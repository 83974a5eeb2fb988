package io.perennial.campaigns;

import io.perennial.accounts.Businesses;
import io.perennial.delivery.ContactRules;
import io.perennial.delivery.QuietHours;
import io.perennial.kernel.TenantId;
import io.perennial.segments.SegmentDirectory;
import io.perennial.segments.SegmentId;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who gets a campaign: customers of the included segments (or all) without those of the excluded, the suppressed,
 * those without address, those who withdrew their consent to the topic or paused mails, and those whom the frequency cap
 * spares. One query says for each person what holds
 * first; counting and freezing read the same one, so the number promised is the number mailed.
 */
@Component
@TenantSql("The audience is one query put together from the segments' own; it names the tenant in every table.")
class CampaignAudience {

    private static final String MAILED = "MAILED";

    private final JdbcClient jdbc;
    private final SegmentDirectory segments;
    private final ContactRules rules;
    private final Businesses businesses;

    CampaignAudience(JdbcClient jdbc, SegmentDirectory segments, ContactRules rules, Businesses businesses) {
        this.jdbc = jdbc;
        this.segments = segments;
        this.rules = rules;
        this.businesses = businesses;
    }

    /**
     * Whom a campaign asks for.
     *
     * @param only a query of the ids beyond which nobody is picked, or nothing
     * @param exempt whether quiet hours and the frequency cap do not hold
     * @param at when it goes out
     */
    record Wanted(
            List<SegmentId> include,
            List<SegmentId> exclude,
            @Nullable String topic,
            @Nullable SqlFragment only,
            boolean exempt,
            Instant at) {

        /** By the rules, now. */
        static Wanted now(List<SegmentId> include, List<SegmentId> exclude, @Nullable String topic) {
            return new Wanted(include, exclude, topic, null, false, Instant.now());
        }
    }

    AudienceCount count(TenantId tenant, List<SegmentId> include, List<SegmentId> exclude, @Nullable String topic) {
        return count(tenant, Wanted.now(include, exclude, topic));
    }

    AudienceCount count(TenantId tenant, Wanted wanted) {
        SqlFragment each = classified(tenant, wanted);
        QuietHours quiet = wanted.exempt() ? null : rules.quietHours().orElse(null);
        boolean byZone = quiet != null && quiet.ofCustomer();
        ZoneId home =
                quiet == null ? ZoneOffset.UTC : businesses.require(tenant).zone();
        Map<String, Long> by = new HashMap<>();
        long[] later = {0};
        jdbc.sql("SELECT p.what, " + (byZone ? "p.zone" : "NULL") + ", COUNT(*) FROM (" + each.sql()
                        + ") p GROUP BY p.what" + (byZone ? ", p.zone" : ""))
                .params(each.params())
                .query(rs -> {
                    by.merge(rs.getString(1), rs.getLong(3), Long::sum);
                    if (quiet != null && MAILED.equals(rs.getString(1))) {
                        ZoneId zone = zoneOf(rs.getString(2), home);
                        later[0] += quiet.quietFor(wanted.at(), zone).isPositive() ? rs.getLong(3) : 0;
                    }
                });
        long known = by.getOrDefault("UNSUBSCRIBED", 0L)
                + by.getOrDefault("BOUNCED", 0L)
                + by.getOrDefault("COMPLAINED", 0L)
                + by.getOrDefault(MAILED, 0L)
                + by.getOrDefault("EXCLUDED", 0L)
                + by.getOrDefault("NO_ADDRESS", 0L)
                + by.getOrDefault("FREQUENCY", 0L)
                + by.getOrDefault("PAUSED", 0L)
                + by.getOrDefault("TOPIC", 0L);
        long all = by.values().stream().mapToLong(Long::longValue).sum();
        return new AudienceCount(
                by.getOrDefault(MAILED, 0L),
                by.getOrDefault("EXCLUDED", 0L),
                by.getOrDefault("NO_ADDRESS", 0L),
                by.getOrDefault("UNSUBSCRIBED", 0L),
                by.getOrDefault("BOUNCED", 0L),
                by.getOrDefault("COMPLAINED", 0L),
                all - known,
                by.getOrDefault("TOPIC", 0L),
                by.getOrDefault("PAUSED", 0L),
                by.getOrDefault("FREQUENCY", 0L),
                later[0]);
    }

    private static ZoneId zoneOf(@Nullable String name, ZoneId otherwise) {
        try {
            return name == null ? otherwise : ZoneId.of(name);
        } catch (DateTimeException e) {
            return otherwise; // as imported
        }
    }

    /** The people to mail: two columns, id and address. */
    SqlFragment mailed(TenantId tenant, List<SegmentId> include, List<SegmentId> exclude, @Nullable String topic) {
        return mailed(tenant, Wanted.now(include, exclude, topic));
    }

    /** The people to mail: two columns, id and address. */
    SqlFragment mailed(TenantId tenant, Wanted wanted) {
        SqlFragment each = classified(tenant, wanted);
        return new SqlFragment(
                "SELECT p.id, p.email FROM (" + each.sql() + ") p WHERE p.what = '" + MAILED + "'", each.params());
    }

    /** Each person picked, with what holds for them first. */
    private SqlFragment classified(TenantId tenant, Wanted wanted) {
        List<SegmentId> include = wanted.include();
        List<SegmentId> exclude = wanted.exclude();
        String topic = wanted.topic();
        SqlFragment only = wanted.only();
        SqlFragment enough = wanted.exempt() ? null : rules.hadEnough().orElse(null);
        List<Object> params = new ArrayList<>();
        StringBuilder sql = new StringBuilder("SELECT c.id, c.email, c.zone, CASE ");
        if (!exclude.isEmpty()) {
            sql.append("WHEN x.id IS NOT NULL THEN 'EXCLUDED' ");
        }
        sql.append("WHEN c.email IS NULL THEN 'NO_ADDRESS' WHEN s.reason IS NOT NULL THEN s.reason ");
        if (topic != null) {
            sql.append("WHEN k.status = 'WITHDRAWN' THEN 'TOPIC' ");
        }
        sql.append("WHEN q.until_at > ? THEN 'PAUSED' ");
        params.add(LocalDateTime.ofInstant(wanted.at(), ZoneOffset.UTC));
        if (enough != null) {
            sql.append("WHEN f.id IS NOT NULL THEN 'FREQUENCY' ");
        }
        sql.append("ELSE '" + MAILED + "' END AS what FROM customer c ");
        if (!include.isEmpty()) {
            // A derived table is made once and joined by its ids; IN (... UNION ...) would be asked again per row.
            sql.append("JOIN (").append(union(include, params)).append(") i ON i.id = c.id ");
        }
        if (only != null) {
            sql.append("JOIN (").append(only.sql()).append(") w ON w.id = c.id ");
            params.addAll(only.params());
        }
        if (!exclude.isEmpty()) {
            sql.append("LEFT JOIN (").append(union(exclude, params)).append(") x ON x.id = c.id ");
        }
        sql.append("LEFT JOIN suppression s ON s.tenant_id = c.tenant_id "
                + "AND s.email_hash = UNHEX(SHA2(LOWER(c.email), 256)) ");
        sql.append("LEFT JOIN customer_pause q ON q.tenant_id = c.tenant_id AND q.customer_id = c.id ");
        if (topic != null) {
            sql.append("LEFT JOIN consent k ON k.tenant_id = c.tenant_id AND k.customer_id = c.id AND k.topic = ? ");
            params.add(topic);
        }
        if (enough != null) {
            sql.append("LEFT JOIN (").append(enough.sql()).append(") f ON f.id = c.id ");
            params.addAll(enough.params());
        }
        sql.append("WHERE c.tenant_id = ? AND c.erased_at IS NULL");
        params.add(tenant.value());
        return new SqlFragment(sql.toString(), params);
    }

    private String union(List<SegmentId> ids, List<Object> params) {
        List<String> parts = new ArrayList<>();
        for (SegmentId id : ids) {
            SqlFragment customers = segments.customersIn(id);
            parts.add(customers.sql());
            params.addAll(customers.params());
        }
        return String.join(" UNION ", parts);
    }
}
