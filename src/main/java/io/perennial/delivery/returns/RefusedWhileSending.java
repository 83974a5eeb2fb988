package io.perennial.delivery.returns;

import io.perennial.accounts.ActingAs;
import io.perennial.delivery.RunFinished;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Mails that a server refused while they were sent say as much as those that came back: once a run is over, the words of
 * each refusal are read by the same rules, so that a mailbox that stays full is noticed either way. Not while sending,
 * which is not to be held up. Repeating it changes nothing.
 */
@Component
@TenantSql("Reads the failed messages of a run in the order of their ids; each statement names the current tenant.")
class RefusedWhileSending {

    private static final int CHUNK = 200;
    private static final Logger log = LoggerFactory.getLogger(RefusedWhileSending.class);

    private final JdbcClient jdbc;
    private final ReturnLedger ledger;
    private final TransactionTemplate transaction;

    RefusedWhileSending(JdbcClient jdbc, ReturnLedger ledger, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.transaction = new TransactionTemplate(transactions);
    }

    private record Refusal(long message, String reply) {}

    @TransactionalEventListener(fallbackExecution = true)
    void on(RunFinished finished) {
        Thread.ofVirtual()
                .name("returns-refused")
                .start(() -> ActingAs.system(
                        finished.tenant(), () -> read(finished.run().value())));
    }

    /** Reads all refusals of a run of the current tenant. */
    void read(long run) {
        try {
            long last = 0;
            List<Refusal> chunk = refusals(run, last);
            while (!chunk.isEmpty()) {
                for (Refusal refusal : chunk) {
                    transaction.executeWithoutResult(status -> judge(refusal));
                }
                last = chunk.getLast().message();
                chunk = refusals(run, last);
            }
        } catch (RuntimeException e) {
            log.warn("The refusals of run {} were not read to the end", run, e);
        }
    }

    private List<Refusal> refusals(long run, long after) {
        return jdbc.sql("SELECT id, detail FROM message WHERE tenant_id = ? AND run_id = ? AND state = 'FAILED' "
                        + "AND bounced_at IS NULL AND id > ? AND (detail LIKE '4__ %' OR detail LIKE '5__ %' "
                        + "OR detail LIKE '4__-%' OR detail LIKE '5__-%') ORDER BY id LIMIT " + CHUNK)
                .params(CurrentTenant.require().value(), run, after)
                .query((rs, row) -> new Refusal(rs.getLong(1), rs.getString(2)))
                .list();
    }

    private void judge(Refusal refusal) {
        String status = BounceRules.status("", refusal.reply());
        ReturnKind kind = BounceRules.kindOf(status, refusal.reply());
        if (kind == ReturnKind.SOFT) {
            ledger.refused(refusal.message(), new Finding(kind, status, refusal.reply(), null));
        }
    }
}
