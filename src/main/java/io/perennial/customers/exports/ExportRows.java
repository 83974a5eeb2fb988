package io.perennial.customers.exports;

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

    private final JdbcTemplate jdbc;

    ExportRows(DataSource source) {
        jdbc = new JdbcTemplate(source);
        jdbc.setFetchSize(Integer.MIN_VALUE); // how Connector/J is told to stream
    }

    void each(SqlFragment query, RowCallbackHandler row) {
        jdbc.query(query.sql(), row, query.params().toArray());
    }
}
