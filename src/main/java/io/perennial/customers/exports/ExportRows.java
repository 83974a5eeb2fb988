package io.perennial.customers.exports;

import io.perennial.tenancy.AnalysisReads;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/**
 * Reads rows as the database sends them, one in memory at a time. Never within a transaction: its connection is busy until
 * the last row, so what else is asked meanwhile needs another.
 */
@Component
@TenantSql("A cursor over a whole list, which no entity could be; each statement names its tenant.")
class ExportRows {

    private final AnalysisReads analysis;
    private final DataSource itself;

    ExportRows(AnalysisReads analysis, DataSource itself) {
        this.analysis = analysis;
        this.itself = itself;
    }

    /** From the copy of the database for analysis, where there is one: with everything that was committed before. */
    void each(SqlFragment query, RowCallbackHandler row) {
        stream(analysis.asOfNow(), query, row);
    }

    /** From the database itself, whatever there is beside it. */
    void eachItself(SqlFragment query, RowCallbackHandler row) {
        stream(itself, query, row);
    }

    private static void stream(DataSource source, SqlFragment query, RowCallbackHandler row) {
        JdbcTemplate jdbc = new JdbcTemplate(source);
        jdbc.setFetchSize(Integer.MIN_VALUE); // how Connector/J is told to stream
        jdbc.query(query.sql(), row, query.params().toArray());
    }
}
