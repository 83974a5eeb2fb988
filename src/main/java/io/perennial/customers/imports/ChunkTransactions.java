package io.perennial.customers.imports;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs a chunk of an import in a transaction of its own, alone among the imports of its business: two imports would
 * each look for a customer, find none, and both make one. Repeats a chunk that lost a race with somebody else.
 */
@Component
@TenantSql("Locks the row of one business, named by its id.")
class ChunkTransactions {

    private static final int ATTEMPTS = 4;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    ChunkTransactions(JdbcTemplate jdbc, PlatformTransactionManager manager) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(manager);
    }

    /**
     * @param work may run several times, so it changes nothing but the database
     */
    <T> T run(TenantId tenant, Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transactions.execute(status -> {
                    jdbc.queryForObject("SELECT id FROM business WHERE id = ? FOR UPDATE", Long.class, tenant.value());
                    return work.get();
                });
            } catch (PessimisticLockingFailureException | DuplicateKeyException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
