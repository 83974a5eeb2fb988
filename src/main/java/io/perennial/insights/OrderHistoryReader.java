package io.perennial.insights;

import io.perennial.insights.metrics.ShopHistory;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.AnalysisReads;
import io.perennial.tenancy.TenantSql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads a business's valid orders in one stream, by customer and time. */
@Component
@TenantSql("A whole business's orders are streamed past Hibernate; the statement names the tenant it is given.")
class OrderHistoryReader {

    private static final String SQL = """
            SELECT customer_id, ordered_at, counted_value, refunded FROM customer_order
            WHERE tenant_id = ? AND counted_value IS NOT NULL AND ordered_at < ?
            ORDER BY customer_id, ordered_at
            """;

    private final AnalysisReads analysis;

    OrderHistoryReader(AnalysisReads analysis) {
        this.analysis = analysis;
    }

    /**
     * Reads, where there is a copy of the database for analysis from that: with every order that was committed before, or
     * the figures would stay without it until another comes.
     *
     * @param zone whose calendar the days are of
     * @param now orders after it (a clock that was wrong) are left out
     */
    ShopHistory read(TenantId tenant, ZoneId zone, Instant now) {
        return analysis.readAsOfNow(source -> read(tenant, zone, now, new JdbcTemplate(source)));
    }

    private static ShopHistory read(TenantId tenant, ZoneId zone, Instant now, JdbcTemplate jdbc) {
        ShopHistory.Builder history = new ShopHistory.Builder();
        jdbc.query(
                connection -> {
                    PreparedStatement statement =
                            connection.prepareStatement(SQL, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
                    statement.setFetchSize(Integer.MIN_VALUE); // the driver's word for: row by row
                    statement.setLong(1, tenant.value());
                    statement.setObject(2, LocalDateTime.ofInstant(now, ZoneOffset.UTC));
                    return statement;
                },
                row -> {
                    Instant at = row.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC);
                    double value = row.getDouble(3);
                    history.order(
                            row.getLong(1),
                            (int) LocalDate.ofInstant(at, zone).toEpochDay(),
                            value + row.getDouble(4),
                            value);
                });
        return history.build();
    }
}
