package io.perennial.insights;

import io.perennial.insights.metrics.BuyTillYouDie;
import io.perennial.insights.model.MbgNbd;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts customers, orders and their summaries straight into the database, as an import would leave them. */
@TenantSql("Test data, each row with its tenant.")
public final class ShopFixture {

    private static final String[] FIRST = {
        "Ada", "Jan", "Tereza", "Petr", "Eliška", "Tomáš", "Klára", "Ondřej", "Lucie", "Martin", "Zuzana", "Jakub"
    };
    private static final String[] LAST = {
        "Nováková", "Svoboda", "Dvořáková", "Černý", "Procházková", "Kučera", "Veselá", "Horák", "Němcová", "Marek"
    };

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final TenantId tenant;
    private final List<Object[]> customers = new ArrayList<>();
    private final List<Object[]> orders = new ArrayList<>();

    public ShopFixture(JdbcTemplate jdbc, TransactionTemplate transactions, TenantId tenant) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.tenant = tenant;
    }

    /** A customer; their id. */
    public long customer(String first, String last) {
        long id = TimeOrderedIds.next();
        customers.add(new Object[] {
            tenant.value(), id, "c" + id, first.toLowerCase(java.util.Locale.ROOT) + id + "@shop.example", first, last
        });
        return id;
    }

    /** A paid order at that UTC time. */
    public void order(long customer, LocalDateTime at, double value) {
        order(customer, at, value, 0, "PAID");
    }

    /** An order with a refund and a state. */
    public void order(long customer, LocalDateTime at, double value, double refunded, String status) {
        long id = TimeOrderedIds.next();
        orders.add(new Object[] {
            tenant.value(),
            id,
            customer,
            "o" + id,
            Timestamp.valueOf(at),
            at.toLocalDate(),
            status,
            "CZK",
            value,
            value,
            refunded
        });
    }

    /** Customers drawn from a buy-till-you-die process up to today. */
    public void draw(int count, int days, MbgNbd truth, long seed) {
        LocalDate today = LocalDate.now(java.time.ZoneOffset.UTC);
        Random random = new Random(seed);
        long[] ids = new long[count + 1];
        new BuyTillYouDie(truth, seed).draw(count, today.minusDays(days), today, (c, day, value) -> {
            int i = (int) c;
            if (ids[i] == 0) {
                ids[i] = customer(FIRST[random.nextInt(FIRST.length)], LAST[random.nextInt(LAST.length)]);
            }
            order(ids[i], day.atTime(8 + random.nextInt(10), random.nextInt(60)), value);
        });
    }

    /** Writes it all and keeps the summaries as the import does. */
    public void save() {
        transactions.executeWithoutResult(tx -> {
            jdbc.batchUpdate(
                    "INSERT INTO customer (tenant_id, id, external_id, email, first_name, last_name, created_at, "
                            + "updated_at) VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
                    customers);
            jdbc.batchUpdate(
                    "INSERT INTO customer_order (tenant_id, id, customer_id, external_id, ordered_at, ordered_on, "
                            + "status, currency, amount, net_value, refunded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    orders);
            jdbc.update(
                    "INSERT INTO customer_summary (tenant_id, customer_id, orders, order_days, first_order_at, "
                            + "last_order_at, value) SELECT tenant_id, customer_id, COUNT(*), "
                            + "COUNT(DISTINCT ordered_on), MIN(ordered_at), MAX(ordered_at), "
                            + "SUM(net_value - refunded) FROM customer_order WHERE tenant_id = ? AND status = 'PAID' "
                            + "AND net_value > 0 GROUP BY tenant_id, customer_id",
                    tenant.value());
        });
        customers.clear();
        orders.clear();
    }
}
