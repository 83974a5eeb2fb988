package io.perennial.customers;

import io.perennial.accounts.Businesses;
import io.perennial.kernel.TenantId;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Removes each night what a business's rules say, a few hundred rows a transaction, and writes down how many. */
@Component
class RetentionRun implements NightlyTask {

    private static final int STEP = 500;

    private final Retention retention;
    private final Businesses businesses;
    private final TransactionTemplate transaction;

    RetentionRun(Retention retention, Businesses businesses, PlatformTransactionManager transactions) {
        this.retention = retention;
        this.businesses = businesses;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public void run(TenantId tenant, Runnable beat) {
        LocalDate today = LocalDate.now(businesses.require(tenant).zone());
        List<Retention.Rule> rules = retention.read();
        for (Retention.Rule rule : rules) {
            if (!rule.beginsOn().isAfter(today)) {
                LocalDateTime before = Retention.cutoff(rule.months());
                long removed = 0;
                for (RetainedData part : retention.parts(rule.kind())) {
                    removed += all(part, before, beat);
                }
                if (removed > 0) {
                    retention.removed(tenant, rule.kind(), before, removed);
                }
            }
        }
    }

    private long all(RetainedData part, LocalDateTime before, Runnable beat) {
        long removed = 0;
        int step;
        do {
            Integer done = transaction.execute(status -> part.remove(before, STEP));
            step = done == null ? 0 : done;
            removed += step;
            beat.run();
        } while (step > 0);
        return removed;
    }
}
