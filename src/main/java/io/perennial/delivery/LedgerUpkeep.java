package io.perennial.delivery;

import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What time alone does to the ledger: leases end, runs are over. Run in the run's tenant. */
@Component
@TenantSql("Updates by state and time; each statement names the run's tenant.")
class LedgerUpkeep {

    private static final Logger log = LoggerFactory.getLogger(LedgerUpkeep.class);

    /** Rows changed at a time. */
    private static final int SOME = 1000;

    private static final String ENDED = "The sender ended before the answer of the mail server was kept";

    /** Whether nothing of a run waits: given out to its end, nothing in hand, nothing to be tried again. */
    private static final String OVER = "NOT EXISTS (SELECT 1 FROM delivery_cursor q WHERE q.tenant_id = ? "
            + "AND q.run_id = ? AND q.claimed_to < q.last_id) AND NOT EXISTS (SELECT 1 FROM delivery_claim c "
            + "WHERE c.tenant_id = ? AND c.run_id = ?) AND NOT EXISTS (SELECT 1 FROM message m WHERE m.tenant_id = ? "
            + "AND m.run_id = ? AND m.odd_state IN ('RETRY_AT', 'CLAIMED'))";

    private final JdbcClient jdbc;
    private final LedgerAudit audit;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    LedgerUpkeep(
            JdbcClient jdbc,
            LedgerAudit audit,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        this.events = events;
    }

    /**
     * Does what is due for one run.
     *
     * @param dead nodes that do not come back
     */
    void tidy(Run run, Set<Long> dead) {
        settleAbandoned(run, dead);
        switch (run.state()) {
            case SENDING -> finishIfOver(run);
            case CANCELLED -> skipWaiting(run);
            default -> {}
        }
    }

    /** A worker that does not come back: what it had not begun to transmit is free again, the rest is in doubt. */
    private void settleAbandoned(Run run, Set<Long> dead) {
        List<Object> params =
                new ArrayList<>(List.of(run.tenant().value(), run.id().value()));
        params.addAll(dead);
        List<Long> fences = jdbc.sql(
                        "SELECT fence FROM delivery_claim WHERE tenant_id = ? AND run_id = ? AND " + abandoned(dead))
                .params(params)
                .query((rs, row) -> rs.getLong(1))
                .list();
        for (long fence : fences) {
            transaction.executeWithoutResult(status -> settleAbandoned(run, fence, dead));
        }
    }

    private static String abandoned(Set<Long> dead) {
        return "(lease_until < UTC_TIMESTAMP(6)"
                + (dead.isEmpty() ? "" : " OR node IN (" + Ledger.marks(dead.size()) + ")") + ")";
    }

    private void settleAbandoned(Run run, long fence, Set<Long> dead) {
        List<Object> params = new ArrayList<>(List.of(run.tenant().value(), fence));
        params.addAll(dead);
        // Looked at again under a lock: its worker may have prolonged it meanwhile, and cannot do so from here on. One
        // that
        // is locked is being written just now, or its node froze while it was: later, so that other runs need not wait.
        Optional<Abandoned> found = jdbc.sql("SELECT begun_to, first_id, last_id FROM delivery_claim "
                        + "WHERE tenant_id = ? AND fence = ? AND " + abandoned(dead) + " FOR UPDATE SKIP LOCKED")
                .params(params)
                .query((rs, row) ->
                        new Abandoned(rs.getLong(1), rs.getObject(2, Long.class), rs.getObject(3, Long.class)))
                .optional();
        if (found.isEmpty()) {
            return;
        }
        Abandoned claim = found.get();
        int doubtful = leave(
                run,
                fence,
                claim,
                "state = 'IN_DOUBT', changed_at = UTC_TIMESTAMP(6), detail = '" + ENDED + "'",
                "id <= ?");
        int freed = leave(run, fence, claim, "state = 'RETRY_AT', next_attempt_at = UTC_TIMESTAMP(6)", "id > ?");
        Ledger.fold(jdbc, run, fence);
        MailMeters.leftInDoubt(doubtful);
        if (doubtful + freed > 0) {
            log.warn(
                    "Run {}: of messages whose worker ended, {} go back and {} are in doubt",
                    run.id(),
                    freed,
                    doubtful);
        }
    }

    /** @param first null for messages that were tried again: these bear the fence */
    private record Abandoned(
            long begunTo, @Nullable Long first, @Nullable Long last) {}

    /** What the claim still holds, on one side of what it had begun. */
    private int leave(Run run, long fence, Abandoned claim, String change, String side) {
        List<Object> params =
                new ArrayList<>(List.of(run.tenant().value(), run.id().value()));
        String held;
        if (claim.first() == null || claim.last() == null) {
            held = "odd_state = 'CLAIMED' AND fence = ?";
            params.add(fence);
        } else {
            held = "id BETWEEN ? AND ? AND state = 'PENDING'";
            params.addAll(List.of(claim.first(), claim.last()));
        }
        params.add(claim.begunTo());
        return jdbc.sql("UPDATE message SET " + change + " WHERE tenant_id = ? AND run_id = ? AND " + held + " AND "
                        + side)
                .params(params)
                .update();
    }

    /** What waits to be tried again in a run that was cancelled. */
    private void skipWaiting(Run run) {
        int skipped;
        do {
            skipped = Objects.requireNonNull(
                    transaction.execute(status -> skipSome(jdbc, run.tenant().value(), run.id())));
        } while (skipped == SOME);
    }

    /** Joins a transaction; takes no more than {@link #SOME}, and none that somebody else has in hand. */
    static int skipSome(JdbcClient jdbc, long tenant, RunId run) {
        List<Object> params = new ArrayList<>(List.of(tenant));
        params.addAll(jdbc.sql("SELECT id FROM message FORCE INDEX (ix_message_odd) WHERE tenant_id = ? "
                        + "AND run_id = ? AND odd_state = 'RETRY_AT' LIMIT " + SOME + " FOR UPDATE SKIP LOCKED")
                .params(tenant, run.value())
                .query(Long.class)
                .list());
        int found = params.size() - 1;
        if (found > 0) {
            jdbc.sql("UPDATE message SET state = 'SKIPPED', detail = 'Cancelled', next_attempt_at = NULL, "
                            + "changed_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id IN (" + Ledger.marks(found)
                            + ")")
                    .params(params)
                    .update();
            jdbc.sql("UPDATE delivery_cursor SET skipped = skipped + ? WHERE tenant_id = ? AND run_id = ?")
                    .params(found, tenant, run.value())
                    .update();
        }
        return found;
    }

    /** Closes a run none of whose messages can still be sent, and says so once. */
    void finishIfOver(Run run) {
        List<Object> params = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            params.addAll(List.of(run.tenant().value(), run.id().value()));
        }
        boolean over = jdbc.sql("SELECT " + OVER)
                .params(params)
                .query((rs, row) -> rs.getBoolean(1))
                .single();
        if (!over) {
            return;
        }
        params.addAll(0, List.of(run.tenant().value(), run.id().value()));
        boolean closed = Boolean.TRUE.equals(transaction.execute(status -> {
            int changed = jdbc.sql("UPDATE delivery_run SET state = 'DONE', finished_at = UTC_TIMESTAMP(6) "
                            + "WHERE tenant_id = ? AND id = ? AND state = 'SENDING' AND " + OVER)
                    .params(params)
                    .update();
            if (changed == 1) {
                events.publishEvent(new RunFinished(run.tenant(), run.id(), run.composer(), run.reference()));
            }
            return changed == 1;
        }));
        if (closed) {
            audit.check(run);
        }
    }
}
