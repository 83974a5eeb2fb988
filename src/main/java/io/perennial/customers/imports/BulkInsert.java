package io.perennial.customers.imports;

import io.perennial.tenancy.TenantSql;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Adds rows by the thousand, in the transaction around. */
@Component
@TenantSql("Adds rows to the tables its callers name; each row names its tenant.")
class BulkInsert {

    private static final Logger log = LoggerFactory.getLogger(BulkInsert.class);

    private final JdbcTemplate jdbc;
    private final ChunkTransactions transactions;
    private volatile @Nullable Boolean loads;

    BulkInsert(JdbcTemplate jdbc, ChunkTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Adds rows that are not there yet: as a stream that the server reads as a file where it allows that, else by
     * multi-row statements, which cost it more.
     *
     * @param columns of the table, the tenant's among them
     * @throws org.springframework.dao.DuplicateKeyException if one of them is there meanwhile
     */
    void into(String table, String columns, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (transactions.maySendFiles() && loads()) {
            jdbc.execute(new RowsAsFile(table, columns, rows));
        } else {
            String values = "?" + ", ?".repeat(rows.getFirst().length - 1);
            Sql.batch(jdbc, "INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ")", rows);
        }
    }

    /**
     * As {@link #into}, without looking for what the rows refer to and without locking it, which costs 1 to 2 µs for each
     * key of a row: the transaction around added that itself, or locks it before it ends.
     */
    void intoUnchecked(String table, String columns, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        jdbc.execute("SET foreign_key_checks = 0"); // of this session
        try {
            into(table, columns, rows);
        } finally {
            jdbc.execute("SET foreign_key_checks = 1");
        }
    }

    /** For tests of both ways. */
    void takeSlowWay(boolean slow) {
        loads = slow ? Boolean.FALSE : null;
    }

    private boolean loads() {
        Boolean known = loads;
        if (known == null) {
            known = ask();
            if (!known) {
                log.info("The database server does not take rows as a file (local_infile is off): imports are slower");
            }
            loads = known;
        }
        return known;
    }

    private boolean ask() {
        try {
            return Boolean.TRUE.equals(jdbc.queryForObject("SELECT @@GLOBAL.local_infile = 1", Boolean.class));
        } catch (DataAccessException e) {
            log.debug("The server does not say whether it takes files", e);
            return false;
        }
    }
}
