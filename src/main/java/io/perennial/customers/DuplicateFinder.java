package io.perennial.customers;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds customers who may be one person: keys of those who changed are made anew, range by range; then pairs are all those
 * that share a key which few have. Both are single statements over an index.
 */
@Component
@TenantSql("Set-based statements over all customers of one tenant; each names it.")
class DuplicateFinder implements NightlyTask {

    /** A key that more customers share than this tells nothing: a shop's own phone number, "noname". */
    private static final int SHARED_BY = 20;

    private static final int RANGE = 20_000;
    private static final int LOWEST_SCORE = 30;
    private static final Logger log = LoggerFactory.getLogger(DuplicateFinder.class);

    /** Without what stands after a plus; without dots and under one name at Gmail, which ignores both. */
    private static final String ADDRESS =
            "CONCAT(IF(SUBSTRING_INDEX(c.email, '@', -1) IN ('gmail.com', 'googlemail.com'), "
                    + "REPLACE(SUBSTRING_INDEX(SUBSTRING_INDEX(c.email, '@', 1), '+', 1), '.', ''), "
                    + "SUBSTRING_INDEX(SUBSTRING_INDEX(c.email, '@', 1), '+', 1)), '@', "
                    + "IF(SUBSTRING_INDEX(c.email, '@', -1) = 'googlemail.com', 'gmail.com', SUBSTRING_INDEX(c.email, '@', -1)))";

    private static final String DIGITS = "REGEXP_REPLACE(c.phone, '[^0-9]', '')";
    private static final String NAME = "c.first_name, '|', c.last_name, '|', ";

    /** By kind, from 1: the key, and who has one. */
    private static final List<String[]> KINDS = List.of(
            new String[] {ADDRESS, "c.email IS NOT NULL"},
            new String[] {"RIGHT(" + DIGITS + ", 9)", "c.phone IS NOT NULL AND LENGTH(" + DIGITS + ") >= 9"},
            new String[] {
                "CONCAT(" + NAME + "c.birthday)",
                "c.first_name IS NOT NULL AND c.last_name IS NOT NULL AND c.birthday IS NOT NULL"
            },
            new String[] {
                "LEFT(CONCAT(" + NAME + "c.city), 255)",
                "c.first_name IS NOT NULL AND c.last_name IS NOT NULL AND c.city IS NOT NULL"
            });

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    DuplicateFinder(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public String name() {
        return "duplicates";
    }

    @Override
    public void run(TenantId tenant, Runnable beat) {
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        LocalDateTime since = lastRun(tenant).orElse(LocalDateTime.of(1970, 1, 1, 0, 0));
        find(tenant, since, now, beat);
    }

    /** When it was begun the last time it came to its end; a little earlier, as clocks differ and transactions last. */
    Optional<LocalDateTime> lastRun(TenantId tenant) {
        return jdbc.sql("SELECT MAX(started_at) - INTERVAL 1 HOUR FROM nightly_run WHERE tenant_id = ? AND task = ? "
                        + "AND finished_at IS NOT NULL")
                .params(tenant.value(), name())
                .query((rs, n) -> Optional.ofNullable(rs.getObject(1, LocalDateTime.class)))
                .single();
    }

    /** Everything anew that changed since. */
    void find(TenantId tenant, LocalDateTime since, LocalDateTime now, Runnable beat) {
        long began = System.nanoTime();
        boolean changed = false;
        Next next = next(tenant, 0, since);
        for (long after = 0; next.last() != null; next = next(tenant, after, since)) {
            long start = after;
            long end = next.last();
            if (next.changed()) {
                transaction.executeWithoutResult(status -> keys(tenant, start, end, since));
                changed = true;
            }
            beat.run();
            after = end;
        }
        if (!changed) {
            return; // keys are as they were when pairs were made of them
        }
        long keyed = System.nanoTime();
        int pairs = transaction.execute(status -> pairs(tenant, now));
        beat.run();
        log.info(
                "Duplicates of tenant {}: {} pairs written; keys {} ms, pairs {} ms",
                tenant,
                pairs,
                (keyed - began) / 1_000_000,
                (System.nanoTime() - keyed) / 1_000_000);
    }

    /**
     * The customers looked at together.
     *
     * @param last their last id; nothing where there are no more
     * @param changed whether anything about them did
     */
    private record Next(@Nullable Long last, boolean changed) {}

    /** Without the index named MySQL sorts all that are left by whichever it likes, for each step (0.5 s at a million). */
    private Next next(TenantId tenant, long after, LocalDateTime since) {
        return jdbc.sql(
                        "SELECT MAX(n.id), COALESCE(MAX(n.updated_at >= ?), 0) FROM (SELECT id, updated_at FROM customer "
                                + "FORCE INDEX (PRIMARY) WHERE tenant_id = ? AND id > ? ORDER BY id LIMIT " + RANGE
                                + ") n")
                .params(since, tenant.value(), after)
                .query((rs, n) -> new Next(rs.getObject(1, Long.class), rs.getBoolean(2)))
                .single();
    }

    private void keys(TenantId tenant, long after, long until, LocalDateTime since) {
        jdbc.sql(
                        "DELETE k FROM customer c JOIN customer_match_key k ON k.tenant_id = c.tenant_id AND k.customer_id = c.id "
                                + "WHERE c.tenant_id = ? AND c.id > ? AND c.id <= ? AND c.updated_at >= ?")
                .params(tenant.value(), after, until, since)
                .update();
        for (int kind = 1; kind <= KINDS.size(); kind++) {
            jdbc.sql(
                            "INSERT IGNORE INTO customer_match_key (tenant_id, kind, match_key, customer_id) SELECT c.tenant_id, "
                                    + kind + ", " + KINDS.get(kind - 1)[0]
                                    + ", c.id FROM customer c WHERE c.tenant_id = ? "
                                    + "AND c.id > ? AND c.id <= ? AND c.updated_at >= ? AND c.erased_at IS NULL AND "
                                    + KINDS.get(kind - 1)[1])
                    .params(tenant.value(), after, until, since)
                    .update();
        }
    }

    private int pairs(TenantId tenant, LocalDateTime now) {
        long id = tenant.value();
        int written = jdbc.sql("INSERT INTO duplicate_pair (tenant_id, first_id, second_id, kinds, score, found_at) "
                        + "SELECT q.tenant_id, q.first_id, q.second_id, q.kinds, q.score, ? FROM (SELECT p.tenant_id, "
                        + "p.first_id, p.second_id, p.kinds, LEAST(99, p.best + 8 * (p.signs - 1)) "
                        + "- IF(a.birthday <> b.birthday, 30, 0) - IF(a.gender <> b.gender, 20, 0) AS score FROM ("
                        + "SELECT x.tenant_id, x.customer_id AS first_id, y.customer_id AS second_id, "
                        + "BIT_OR(1 << (x.kind - 1)) AS kinds, COUNT(*) AS signs, "
                        + "MAX(CASE x.kind WHEN 1 THEN 60 WHEN 2 THEN 70 WHEN 3 THEN 85 ELSE 45 END) AS best FROM ("
                        + "SELECT kind, match_key FROM customer_match_key WHERE tenant_id = ? GROUP BY kind, match_key "
                        + "HAVING COUNT(*) BETWEEN 2 AND ?) g "
                        + "STRAIGHT_JOIN customer_match_key x ON x.tenant_id = ? AND x.kind = g.kind AND x.match_key = g.match_key "
                        + "STRAIGHT_JOIN customer_match_key y ON y.tenant_id = ? AND y.kind = g.kind AND y.match_key = g.match_key "
                        + "AND y.customer_id > x.customer_id GROUP BY x.tenant_id, x.customer_id, y.customer_id) p "
                        + "JOIN customer a ON a.tenant_id = p.tenant_id AND a.id = p.first_id AND a.erased_at IS NULL "
                        + "JOIN customer b ON b.tenant_id = p.tenant_id AND b.id = p.second_id AND b.erased_at IS NULL) q "
                        + "WHERE q.score >= ? ON DUPLICATE KEY UPDATE kinds = VALUES(kinds), score = VALUES(score), "
                        + "found_at = VALUES(found_at)")
                .params(now, id, SHARED_BY, id, id, LOWEST_SCORE)
                .update();
        jdbc.sql("DELETE FROM duplicate_pair WHERE tenant_id = ? AND found_at < ? AND dismissed_at IS NULL")
                .params(id, now)
                .update();
        return written;
    }
}
