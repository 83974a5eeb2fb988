package io.perennial.customers.imports;

import com.mysql.cj.jdbc.JdbcStatement;
import io.perennial.tenancy.TenantSql;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.StatementCallback;

/**
 * Sends rows as the file of a LOAD DATA LOCAL. That statement passes over what it cannot add and only counts it, so every
 * row is accounted for here: one too few, or a value that was bent, is an exception as it would be with INSERT.
 */
@TenantSql("Adds rows to the table its caller names; each row names its tenant.")
class RowsAsFile implements StatementCallback<Integer> {

    private static final int DUPLICATE_ENTRY = 1062;
    private static final int NO_REFERENCED_ROW = 1452;

    private final String table;
    private final String columns;
    private final List<@Nullable Object[]> rows;

    RowsAsFile(String table, String columns, List<@Nullable Object[]> rows) {
        this.table = table;
        this.columns = columns;
        this.rows = rows;
    }

    @Override
    public Integer doInStatement(Statement statement) throws SQLException {
        statement.unwrap(JdbcStatement.class).setLocalInfileInputStream(new TabbedRows(rows));
        int added = statement.executeUpdate("LOAD DATA LOCAL INFILE 'rows' INTO TABLE " + table
                + " CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ("
                + columns
                + ")");
        SQLWarning warning = statement.getWarnings();
        if (added == rows.size() && warning == null) {
            return added;
        }
        String said = warning == null ? "no reason given" : warning.getMessage();
        String what = added + " of " + rows.size() + " rows added to " + table + ": " + said;
        switch (warning == null ? 0 : warning.getErrorCode()) {
            case DUPLICATE_ENTRY -> throw new DuplicateKeyException(what);
            case NO_REFERENCED_ROW -> throw new PessimisticLockingFailureException(what); // gone meanwhile
            default -> throw new DataIntegrityViolationException(what);
        }
    }
}
