package io.perennial.customers.imports;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.sql.Connection;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs a chunk of an import in a transaction of its own, alone among the imports of its business: two imports would
 * each look for a customer, find none, and both make one. Repeats a chunk that lost a race with somebody else.
 *
 * <p>The transaction is on a connection of {@link ImportDataSource}, lent to everything that works with the database in
 * it, so that what others note beside the chunk is in the same transaction.
 */
@Component
@TenantSql("Locks the row of one business, named by its id, which is the tenant.")
class ChunkTransactions {

    private static final int ATTEMPTS = 4;

    private final JdbcTemplate jdbc;
    private final DataSource usual;
    private final DataSource own;
    private final TransactionTemplate transactions;

    ChunkTransactions(JdbcTemplate jdbc, BeanFactory beans) {
        this.jdbc = jdbc;
        this.usual = Objects.requireNonNull(jdbc.getDataSource());
        this.own = beans.getBean(ImportDataSource.NAME, DataSource.class);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(own));
    }

    /**
     * @param work may run several times, so it changes nothing but the database
     */
    <T extends @Nullable Object> T run(TenantId tenant, Supplier<T> work) {
        // Within somebody's transaction a lost race is lost for all of it: whoever began it may begin it again.
        int attempts = TransactionSynchronizationManager.hasResource(usual) ? 1 : ATTEMPTS;
        for (int attempt = 1; ; attempt++) {
            try {
                return once(() -> {
                    takeTurn(tenant);
                    return work.get();
                });
            } catch (PessimisticLockingFailureException | DuplicateKeyException e) {
                if (attempt == attempts) {
                    throw e;
                }
            }
        }
    }

    /** In a transaction, before anything that is not new is looked at: waits until no other import of the business writes. */
    void takeTurn(TenantId tenant) {
        jdbc.update(
                "INSERT INTO import_turn (tenant_id) VALUES (?) ON DUPLICATE KEY UPDATE tenant_id = VALUES(tenant_id)",
                tenant.value());
    }

    /** Before the first chunk: from then on there is a turn to be taken without waiting. */
    void prepareTurn(TenantId tenant) {
        if (jdbc.queryForList("SELECT 1 FROM import_turn WHERE tenant_id = ?", tenant.value())
                .isEmpty()) {
            takeTurn(tenant);
        }
    }

    /**
     * As {@link #takeTurn} where nobody else has the turn, without waiting.
     *
     * @return false if somebody has it
     */
    boolean takeFreeTurn(TenantId tenant) {
        return !jdbc.queryForList(
                        "SELECT tenant_id FROM import_turn WHERE tenant_id = ? FOR UPDATE SKIP LOCKED",
                        Long.class,
                        tenant.value())
                .isEmpty();
    }

    /** Whether this thread is in somebody's transaction, of which everything will be part. */
    boolean isWithinOther() {
        return TransactionSynchronizationManager.hasResource(usual);
    }

    /** Whether the transaction around may send rows as a file. */
    boolean maySendFiles() {
        return TransactionSynchronizationManager.getResource(usual) instanceof Lent;
    }

    /** Runs work in a transaction, which does not wait for other imports before it takes its turn. */
    <T extends @Nullable Object> T once(Supplier<T> work) {
        if (isWithinOther()) {
            return work.get(); // within somebody's transaction it is part of that
        }
        return transactions.execute(status -> {
            if (own == usual) {
                return work.get();
            }
            TransactionSynchronizationManager.bindResource(usual, new Lent(DataSourceUtils.getConnection(own)));
            try {
                return work.get();
            } finally {
                TransactionSynchronizationManager.unbindResource(usual);
            }
        });
    }

    /** A connection of the importer's, for those who know the usual ones only. */
    @TenantSql("Holds a connection; runs no statement.")
    private static class Lent extends ConnectionHolder {
        private Lent(Connection connection) {
            super(connection);
        }
    }
}
