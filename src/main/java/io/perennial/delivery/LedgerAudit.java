package io.perennial.delivery;

import io.perennial.tenancy.TenantSql;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Proves the numbers of a run that is over by counting its messages: everybody of the frozen audience has come to an end,
 * and the counters say the same as the rows. The rows are right; a counter that is not is mended, and the log says so.
 */
@Component
@TenantSql("Counts a run's messages by state; each statement names the run's tenant.")
class LedgerAudit {

    private static final Logger log = LoggerFactory.getLogger(LedgerAudit.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    LedgerAudit(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    private record Counters(long audience, long sent, long failed, long skipped) {}

    /** Whether all was as it should be. */
    boolean check(Run run) {
        return Boolean.TRUE.equals(transaction.execute(status -> checked(run)));
    }

    private boolean checked(Run run) {
        // Locked, so that nobody lets it go on meanwhile.
        Optional<Counters> found = jdbc.sql("SELECT r.audience, q.sent, q.failed, q.skipped FROM delivery_run r "
                        + "JOIN delivery_cursor q ON q.tenant_id = r.tenant_id AND q.run_id = r.id "
                        + "WHERE r.tenant_id = ? AND r.id = ? AND r.state = 'DONE' FOR UPDATE")
                .params(run.tenant().value(), run.id().value())
                .query((rs, row) -> new Counters(rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getLong(4)))
                .optional();
        return found.isEmpty() || checked(run, found.get());
    }

    private boolean checked(Run run, Counters counted) {
        Map<MessageState, Long> rows = new EnumMap<>(MessageState.class);
        jdbc.sql("SELECT m.state, COUNT(*) FROM delivery_cursor q JOIN message m ON m.tenant_id = q.tenant_id "
                        + "AND m.id BETWEEN q.first_id AND q.last_id AND m.run_id = q.run_id "
                        + "WHERE q.tenant_id = ? AND q.run_id = ? GROUP BY m.state")
                .params(run.tenant().value(), run.id().value())
                .query((rs, row) -> rows.put(MessageState.valueOf(rs.getString(1)), rs.getLong(2)))
                .list();
        boolean right = true;
        long lost = count(rows, MessageState.PENDING);
        if (lost > 0) {
            log.error(
                    "Run {} of business {} is over, and {} of its messages were held by nobody: in doubt",
                    run.id(),
                    run.tenant(),
                    lost);
            doubt(run);
            right = false;
        }
        long people = rows.values().stream().mapToLong(Long::longValue).sum();
        if (people != counted.audience()) {
            log.error(
                    "Run {} of business {} was frozen with {} people and has {}",
                    run.id(),
                    run.tenant(),
                    counted.audience(),
                    people);
            right = false;
        }
        Counters real = new Counters(
                counted.audience(),
                count(rows, MessageState.SENT),
                count(rows, MessageState.FAILED),
                count(rows, MessageState.SKIPPED));
        if (!real.equals(counted)) {
            log.error("Run {} of business {} counted {} and has {}: mended", run.id(), run.tenant(), counted, real);
            mend(run, real);
            right = false;
        }
        return right;
    }

    private void mend(Run run, Counters real) {
        jdbc.sql("UPDATE delivery_cursor SET sent = ?, failed = ?, skipped = ? WHERE tenant_id = ? AND run_id = ?")
                .params(
                        real.sent(),
                        real.failed(),
                        real.skipped(),
                        run.tenant().value(),
                        run.id().value())
                .update();
    }

    /** Whether these were sent nobody knows: that is left to a person. */
    private void doubt(Run run) {
        jdbc.sql("UPDATE message SET state = 'IN_DOUBT', changed_at = UTC_TIMESTAMP(6), "
                        + "detail = 'No record was found of what became of this mail' "
                        + "WHERE tenant_id = ? AND run_id = ? AND state = 'PENDING'")
                .params(run.tenant().value(), run.id().value())
                .update();
    }

    private static long count(Map<MessageState, Long> rows, MessageState state) {
        return rows.getOrDefault(state, 0L);
    }
}
