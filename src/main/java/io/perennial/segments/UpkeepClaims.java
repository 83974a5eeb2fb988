package io.perennial.segments;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who looks after which business's segments: one row each, claimed by one worker at a time. Every transaction of the
 * worker renews its claim first, and thereby holds the row: a worker that was thought dead and comes back finds the
 * claim gone before it can write.
 */
@Component
@TenantSql("One row by tenant.")
class UpkeepClaims {

    /** Longer than any transaction takes that does not hold the row. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final JdbcClient jdbc;

    UpkeepClaims(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Another worker has the business now; nothing more may be written. */
    static class ClaimLost extends IllegalStateException {
        ClaimLost(TenantId tenant) {
            super("Another worker looks after the segments of business " + tenant);
        }
    }

    /** Takes the business; false where another has it. */
    @Transactional
    boolean claim(TenantId tenant, String worker) {
        Instant now = Instant.now();
        // Asked for first: an update would wait for the row while its owner writes a million members.
        boolean free = jdbc.sql("SELECT 1 FROM segment_upkeep WHERE tenant_id = ? AND claimed_until >= ?")
                .params(tenant.value(), utc(now))
                .query(Integer.class)
                .optional()
                .isEmpty();
        if (!free) {
            return false;
        }
        boolean known = jdbc.sql("SELECT 1 FROM segment_upkeep WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!known) {
            jdbc.sql("INSERT INTO segment_upkeep (tenant_id) VALUES (?) ON DUPLICATE KEY UPDATE tenant_id = tenant_id")
                    .param(tenant.value())
                    .update();
        }
        return jdbc.sql("SELECT 1 FROM segment_upkeep WHERE tenant_id = ? "
                                + "AND (claimed_until IS NULL OR claimed_until < ?) FOR UPDATE SKIP LOCKED")
                        .params(tenant.value(), utc(now))
                        .query(Integer.class)
                        .optional()
                        .isPresent()
                && jdbc.sql("UPDATE segment_upkeep SET claimed_by = ?, claimed_until = ? WHERE tenant_id = ?")
                                .params(worker, utc(now.plus(LEASE)), tenant.value())
                                .update()
                        == 1;
    }

    /**
     * Renews the claim at the start of a transaction, and holds it to the end.
     *
     * @throws ClaimLost if another worker has the business
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void hold(TenantId tenant, String worker) {
        int held = jdbc.sql("UPDATE segment_upkeep SET claimed_until = ? WHERE tenant_id = ? AND claimed_by = ?")
                .params(utc(Instant.now().plus(LEASE)), tenant.value(), worker)
                .update();
        if (held == 0) {
            throw new ClaimLost(tenant);
        }
    }

    @Transactional
    void release(TenantId tenant, String worker) {
        jdbc.sql("UPDATE segment_upkeep SET claimed_by = NULL, claimed_until = NULL WHERE tenant_id = ? "
                        + "AND claimed_by = ?")
                .params(tenant.value(), worker)
                .update();
    }

    /** The last day for which the passing of time was seen to. */
    @Transactional(readOnly = true)
    Optional<LocalDate> nightlyOn(TenantId tenant) {
        return jdbc.sql("SELECT nightly_on FROM segment_upkeep WHERE tenant_id = ? AND nightly_on IS NOT NULL")
                .param(tenant.value())
                .query(LocalDate.class)
                .optional();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void nightlyDone(TenantId tenant, LocalDate day) {
        jdbc.sql("UPDATE segment_upkeep SET nightly_on = ? WHERE tenant_id = ?")
                .params(day, tenant.value())
                .update();
    }

    private static LocalDateTime utc(Instant at) {
        return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
