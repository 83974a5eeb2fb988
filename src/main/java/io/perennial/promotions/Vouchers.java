package io.perennial.promotions;

import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The vouchers of the current business. Joins the caller's transaction. */
@Component
@TenantSql("Vouchers come into being by the thousand and change by guarded updates; each statement names the tenant.")
class Vouchers {

    /** A code taken already comes up once in a billion; three rounds are two more than anybody will see. */
    private static final int ROUNDS = 3;

    /** Vouchers that lapse in one transaction. */
    private static final int LAPSING = 2_000;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final CustomerChanges changes;

    Vouchers(JdbcClient jdbc, JdbcTemplate batches, CustomerChanges changes) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.changes = changes;
    }

    /**
     * The codes of these customers, made where there is none yet: one for each, however often and by however many at
     * once this is called. A customer who is gone gets none.
     */
    Map<CustomerId, VoucherCode> ensure(TenantId tenant, PromotionId promotion, Collection<CustomerId> customers) {
        Map<CustomerId, VoucherCode> codes = find(tenant, promotion, customers);
        if (codes.size() < customers.size()) {
            lock(tenant, promotion);
            codes.putAll(find(tenant, promotion, customers));
        }
        for (int round = 0; round < ROUNDS && codes.size() < customers.size(); round++) {
            List<CustomerId> without =
                    customers.stream().filter(c -> !codes.containsKey(c)).toList();
            insert(tenant, promotion, without);
            codes.putAll(find(tenant, promotion, without));
        }
        return codes;
    }

    /** One at a time makes vouchers of a promotion: inserts side by side would wait for each other in a circle. */
    private void lock(TenantId tenant, PromotionId promotion) {
        jdbc.sql("SELECT id FROM promotion WHERE tenant_id = ? AND id = ? FOR UPDATE")
                .params(tenant.value(), promotion.value())
                .query(Long.class)
                .optional();
    }

    private void insert(TenantId tenant, PromotionId promotion, List<CustomerId> customers) {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        long id = TimeOrderedIds.nextBlock(customers.size());
        List<Object[]> rows = new ArrayList<>();
        for (CustomerId customer : customers) {
            rows.add(new Object[] {
                tenant.value(),
                id++,
                promotion.value(),
                customer.value(),
                VoucherCode.random().value(),
                now
            });
        }
        // IGNORE passes over a code that is taken, a voucher that another thread made first and a customer just gone.
        batches.batchUpdate(
                "INSERT IGNORE INTO voucher (tenant_id, id, promotion_id, customer_id, code, issued_at) "
                        + "VALUES (?, ?, ?, ?, ?, ?)",
                rows);
        changes.note(
                tenant,
                Set.of(CustomerAspect.VOUCHERS),
                customers.stream().map(CustomerId::value).toList());
    }

    private Map<CustomerId, VoucherCode> find(
            TenantId tenant, PromotionId promotion, Collection<CustomerId> customers) {
        Map<CustomerId, VoucherCode> codes = new HashMap<>();
        if (customers.isEmpty()) {
            return codes;
        }
        List<Object> params = new ArrayList<>(List.of(tenant.value(), promotion.value()));
        customers.forEach(customer -> params.add(customer.value()));
        jdbc.sql("SELECT customer_id, code FROM voucher WHERE tenant_id = ? AND promotion_id = ? AND customer_id IN ("
                        + String.join(", ", Collections.nCopies(customers.size(), "?")) + ")")
                .params(params)
                .query(rs -> {
                    codes.put(new CustomerId(rs.getLong(1)), new VoucherCode(rs.getString(2)));
                });
        return codes;
    }

    /**
     * Marks the next of a promotion's vouchers that nobody redeemed in time, the smallest ids first.
     *
     * @param after the id of the last voucher that was looked at
     * @param at when they lapsed
     * @return the id of the last one looked at, or nothing where no more are left
     */
    Optional<Long> lapse(TenantId tenant, PromotionId promotion, long after, LocalDateTime at) {
        Map<Long, Long> customers = new TreeMap<>();
        jdbc.sql("SELECT id, customer_id FROM voucher WHERE tenant_id = ? AND promotion_id = ? "
                        + "AND redeemed_at IS NULL AND id > ? ORDER BY id LIMIT " + LAPSING)
                .params(tenant.value(), promotion.value(), after)
                .query(rs -> {
                    customers.put(rs.getLong(1), rs.getLong(2));
                });
        if (customers.isEmpty()) {
            return Optional.empty();
        }
        List<Object> params = new ArrayList<>(List.of(at, tenant.value()));
        params.addAll(customers.keySet());
        int lapsed = jdbc.sql("UPDATE voucher SET lapsed_at = ? WHERE tenant_id = ? AND id IN ("
                        + String.join(", ", Collections.nCopies(customers.size(), "?"))
                        + ") AND redeemed_at IS NULL AND lapsed_at IS NULL")
                .params(params)
                .update();
        if (lapsed > 0) {
            changes.note(tenant, Set.of(CustomerAspect.VOUCHERS), customers.values());
        }
        return Optional.of(customers.keySet().stream().max(Long::compare).orElseThrow());
    }

    /** The customers who redeemed theirs, as a query of their ids. */
    SqlFragment redeemers(TenantId tenant, PromotionId promotion) {
        return SqlFragment.of(
                "SELECT v.customer_id AS id FROM voucher v "
                        + "WHERE v.tenant_id = ? AND v.promotion_id = ? AND v.redeemed_at IS NOT NULL",
                tenant.value(),
                promotion.value());
    }

    /** Those of these customers who redeemed theirs. */
    List<CustomerId> redeemers(TenantId tenant, PromotionId promotion, Collection<CustomerId> customers) {
        if (customers.isEmpty()) {
            return List.of();
        }
        List<Object> params = new ArrayList<>(List.of(tenant.value(), promotion.value()));
        customers.forEach(customer -> params.add(customer.value()));
        return jdbc.sql("SELECT customer_id FROM voucher WHERE tenant_id = ? AND promotion_id = ? "
                        + "AND redeemed_at IS NOT NULL AND customer_id IN ("
                        + String.join(", ", Collections.nCopies(customers.size(), "?")) + ")")
                .params(params)
                .query((rs, n) -> new CustomerId(rs.getLong(1)))
                .list();
    }
}
