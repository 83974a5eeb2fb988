package io.perennial.customers.exports;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.SqlFragment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/** Lists whose rows are one query each, in the order of their clustered keys. Times are in the business's zone. */
@Component
class ListRows {

    private static final List<String> ORDERS = List.of(
            "order id",
            "date",
            "customer id",
            "email",
            "status",
            "currency",
            "amount",
            "net value",
            "refunded",
            "refunded on");
    private static final List<String> LINES = List.of(
            "order id", "date", "customer id", "email", "product code", "product", "category", "quantity", "net value");
    private static final List<String> CONSENTS =
            List.of("customer id", "email", "topic", "status", "since", "source", "wording");
    private static final List<String> SUPPRESSIONS = List.of("email", "reason", "evidence", "since");

    private final ExportRows rows;

    ListRows(ExportRows rows) {
        this.rows = rows;
    }

    long write(TenantId tenant, ExportKind kind, ZoneId zone, Table table) {
        table.row(
                switch (kind) {
                    case ORDERS -> ORDERS;
                    case ORDER_LINES -> LINES;
                    case CONSENTS -> CONSENTS;
                    case SUPPRESSIONS -> SUPPRESSIONS;
                    case CUSTOMERS, SEGMENT -> throw new IllegalArgumentException(kind + " needs to know whom");
                });
        long[] written = {0};
        SqlFragment query = SqlFragment.of(sql(kind), tenant.value());
        RowCallbackHandler write = rs -> {
            table.row(cells(rs, zone));
            written[0]++;
        };
        // Who may be written to is told by the database itself alone.
        if (kind == ExportKind.CONSENTS || kind == ExportKind.SUPPRESSIONS) {
            rows.eachItself(query, write);
        } else {
            rows.each(query, write);
        }
        return written[0];
    }

    private static String sql(ExportKind kind) {
        return switch (kind) {
            case ORDERS ->
                "SELECT o.external_id, o.ordered_at, c.external_id, c.email, o.status, o.currency, o.amount, o.net_value, "
                        + "o.refunded, o.refunded_at FROM customer_order o JOIN customer c ON c.tenant_id = o.tenant_id "
                        + "AND c.id = o.customer_id WHERE o.tenant_id = ? ORDER BY o.id";
            case ORDER_LINES ->
                "SELECT o.external_id, l.ordered_at, c.external_id, c.email, l.sku, l.product, l.category, l.quantity, "
                        + "l.net_value FROM order_line l JOIN customer_order o ON o.tenant_id = l.tenant_id "
                        + "AND o.id = l.order_id JOIN customer c ON c.tenant_id = l.tenant_id AND c.id = l.customer_id "
                        + "WHERE l.tenant_id = ? ORDER BY l.order_id, l.line_no";
            case CONSENTS ->
                "SELECT c.external_id, c.email, k.topic, k.status, k.at, k.source, k.wording FROM consent k "
                        + "JOIN customer c ON c.tenant_id = k.tenant_id AND c.id = k.customer_id "
                        + "WHERE k.tenant_id = ? ORDER BY k.customer_id, k.topic";
            case SUPPRESSIONS ->
                "SELECT email, reason, evidence, at FROM suppression WHERE tenant_id = ? ORDER BY email_hash";
            case CUSTOMERS, SEGMENT -> throw new IllegalArgumentException(kind + " needs to know whom");
        };
    }

    private static List<@Nullable Object> cells(ResultSet rs, ZoneId zone) throws SQLException {
        int count = rs.getMetaData().getColumnCount();
        List<@Nullable Object> cells = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            Object cell = rs.getObject(i);
            cells.add(
                    cell instanceof LocalDateTime utc
                            ? utc.atZone(ZoneOffset.UTC)
                                    .withZoneSameInstant(zone)
                                    .toLocalDateTime()
                            : cell);
        }
        return cells;
    }
}
