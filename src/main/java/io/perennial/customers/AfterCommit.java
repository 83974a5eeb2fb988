package io.perennial.customers;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Begins background work: a worker would not find the row of a job whose transaction is not through. */
final class AfterCommit {

    private AfterCommit() {}

    /** Now, or once the transaction around has committed. */
    static void run(Runnable begin) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            begin.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                begin.run();
            }
        });
    }
}
