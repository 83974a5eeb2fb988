package io.perennial.delivery;

import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What time alone does to the ledger: retries fall due, leases end, runs are over. Run in the run's tenant. */
@Component
@TenantSql("Updates by state and time; each statement names the run's tenant.")
class LedgerUpkeep {

    private static final Logger log = LoggerFactory.getLogger(LedgerUpkeep.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    LedgerUpkeep(JdbcClient jdbc, PlatformTransactionManager transactions, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
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
            case SENDING -> {
                wakeDue(run);
                finishIfOver(run);
            }
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
        // Looked at again under a lock: its worker may have prolonged it meanwhile, and cannot do so from here on.
        Optional<Long> begunTo = jdbc.sql("SELECT begun_to FROM delivery_claim WHERE tenant_id = ? AND fence = ? AND "
                        + abandoned(dead) + " FOR UPDATE")
                .params(params)
                .query(Long.class)
                .optional();
        if (begunTo.isEmpty()) {
            return;
        }
        String held = " WHERE tenant_id = ? AND run_id = ? AND state = 'CLAIMED' AND fence = ? AND id ";
        int doubtful = jdbc.sql("UPDATE message SET state = 'IN_DOUBT', changed_at = UTC_TIMESTAMP(6), "
                        + "detail = 'The sender ended before the answer of the mail server was kept'" + held + "<= ?")
                .params(run.tenant().value(), run.id().value(), fence, begunTo.get())
                .update();
        int freed = jdbc.sql("UPDATE message SET state = 'PENDING'" + held + "> ?")
                .params(run.tenant().value(), run.id().value(), fence, begunTo.get())
                .update();
        jdbc.sql("DELETE FROM delivery_claim WHERE tenant_id = ? AND fence = ?")
                .params(run.tenant().value(), fence)
                .update();
        if (doubtful + freed > 0) {
            log.warn(
                    "Run {}: of messages whose worker ended, {} go back and {} are in doubt",
                    run.id(),
                    freed,
                    doubtful);
        }
    }

    private void wakeDue(Run run) {
        List<Long> due = ids(run, "state = 'RETRY_AT' AND next_attempt_at <= UTC_TIMESTAMP(6)");
        if (!due.isEmpty()) {
            update(run, due, "state = 'PENDING', next_attempt_at = NULL", "state = 'RETRY_AT'");
        }
    }

    private void skipWaiting(Run run) {
        List<Long> waiting = ids(run, "state IN ('PENDING', 'RETRY_AT')");
        if (!waiting.isEmpty()) {
            update(
                    run,
                    waiting,
                    "state = 'SKIPPED', detail = 'Cancelled', changed_at = UTC_TIMESTAMP(6)",
                    "state IN ('PENDING', 'RETRY_AT')");
        }
    }

    /** Closes a run none of whose messages can still be sent, and says so once. */
    void finishIfOver(Run run) {
        boolean waiting = !jdbc.sql("SELECT 1 FROM message WHERE tenant_id = ? AND run_id = ? "
                        + "AND state IN ('PENDING', 'CLAIMED', 'TRANSMITTING', 'RETRY_AT') LIMIT 1")
                .params(run.tenant().value(), run.id().value())
                .query((rs, row) -> rs.getInt(1))
                .list()
                .isEmpty();
        if (waiting) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            int closed = jdbc.sql("UPDATE delivery_run SET state = 'DONE', finished_at = UTC_TIMESTAMP(6) "
                            + "WHERE tenant_id = ? AND id = ? AND state = 'SENDING' AND NOT EXISTS (SELECT 1 FROM message "
                            + "WHERE tenant_id = ? AND run_id = ? "
                            + "AND state IN ('PENDING', 'CLAIMED', 'TRANSMITTING', 'RETRY_AT'))")
                    .params(
                            run.tenant().value(),
                            run.id().value(),
                            run.tenant().value(),
                            run.id().value())
                    .update();
            if (closed == 1) {
                checkSum(run);
                events.publishEvent(new RunFinished(run.tenant(), run.id(), run.composer(), run.reference()));
            }
        });
    }

    /** Everybody of the frozen audience must have come to an end, and nobody else. */
    private void checkSum(Run run) {
        long missing = jdbc.sql("SELECT r.audience - (SELECT COUNT(*) FROM message m WHERE m.tenant_id = r.tenant_id "
                        + "AND m.run_id = r.id) FROM delivery_run r WHERE r.tenant_id = ? AND r.id = ?")
                .params(run.tenant().value(), run.id().value())
                .query(Long.class)
                .single();
        if (missing != 0) {
            log.error("Run {} of business {} does not add up: {} messages missing", run.id(), run.tenant(), missing);
        }
    }

    private List<Long> ids(Run run, String condition) {
        return jdbc.sql("SELECT id FROM message WHERE tenant_id = ? AND run_id = ? AND " + condition + " LIMIT 1000")
                .params(run.tenant().value(), run.id().value())
                .query((rs, row) -> rs.getLong(1))
                .list();
    }

    private int update(Run run, List<Long> ids, String change, String condition) {
        List<Object> params = new ArrayList<>(ids.size() + 1);
        params.add(run.tenant().value());
        params.addAll(ids);
        return jdbc.sql("UPDATE message SET " + change + " WHERE tenant_id = ? AND id IN (" + Ledger.marks(ids.size())
                        + ") AND " + condition)
                .params(params)
                .update();
    }
}
