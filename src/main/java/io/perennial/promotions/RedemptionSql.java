package io.perennial.promotions;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.promotions.CheckedVoucher.Verdict;
import io.perennial.tenancy.TenantSql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The statements behind redemption. The order is always the voucher first and then the promotion's tally, so that two
 * tills never wait for each other in a circle.
 */
@Component
@TenantSql("Redeeming is an update guarded by the state it expects, which is what makes it happen once.")
class RedemptionSql {

    /** A voucher with what decides about it. */
    record Row(
            long id,
            PromotionId promotion,
            String promotionName,
            CustomerId holder,
            @Nullable String customer,
            Offer offer,
            boolean planned,
            LocalDate validFrom,
            LocalDate validUntil,
            boolean spent,
            @Nullable Instant redeemedAt,
            @Nullable String redeemedBy,
            @Nullable BigDecimal cost) {

        CheckedVoucher checked(Verdict verdict, VoucherCode code, Currency currency) {
            return new CheckedVoucher(
                    verdict,
                    id,
                    code.toString(),
                    promotionName,
                    customer,
                    offer.words(currency),
                    validFrom,
                    validUntil,
                    redeemedAt,
                    redeemedBy,
                    cost);
        }
    }

    private final JdbcClient jdbc;

    RedemptionSql(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Row> find(TenantId tenant, VoucherCode code) {
        return jdbc.sql(
                        "SELECT v.id, v.promotion_id, v.customer_id, p.name, c.first_name, c.last_name, c.email, p.offer_kind, "
                                + "p.offer_value, p.offer_thing, p.unit_cost, p.status = 'PLANNED' AS planned, p.valid_from, "
                                + "p.valid_until, (COALESCE(p.redeemed >= p.max_redemptions, FALSE) "
                                + "OR COALESCE(p.cost >= p.max_cost, FALSE)) AS spent, v.redeemed_at, v.redeemed_by, v.cost "
                                + "FROM voucher v JOIN promotion p ON p.tenant_id = v.tenant_id AND p.id = v.promotion_id "
                                + "JOIN customer c ON c.tenant_id = v.tenant_id AND c.id = v.customer_id "
                                + "WHERE v.tenant_id = ? AND v.code = ?")
                .params(tenant.value(), code.value())
                .query(RedemptionSql::row)
                .optional();
    }

    /** Whose a voucher is, and of which promotion. */
    record VoucherOwner(PromotionId promotion, CustomerId customer) {}

    Optional<VoucherOwner> owner(TenantId tenant, long voucher) {
        return jdbc.sql("SELECT promotion_id, customer_id FROM voucher WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), voucher)
                .query((rs, n) -> new VoucherOwner(new PromotionId(rs.getLong(1)), new CustomerId(rs.getLong(2))))
                .optional();
    }

    /** Keeps a voucher for this transaction; false if it was redeemed already. */
    boolean lock(TenantId tenant, VoucherCode code) {
        return jdbc.sql("SELECT 1 FROM voucher WHERE tenant_id = ? AND code = ? AND redeemed_at IS NULL FOR UPDATE")
                .params(tenant.value(), code.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Marks a voucher redeemed that this transaction keeps. */
    void mark(
            TenantId tenant,
            VoucherCode code,
            String by,
            Instant at,
            @Nullable BigDecimal orderAmount,
            BigDecimal cost) {
        jdbc.sql("UPDATE voucher SET redeemed_at = ?, redeemed_by = ?, order_amount = ?, cost = ? "
                        + "WHERE tenant_id = ? AND code = ?")
                .param(utc(at))
                .param(by)
                .param(orderAmount)
                .param(cost)
                .param(tenant.value())
                .param(code.value())
                .update();
    }

    /** Adds a redemption to the promotion's tally; false if it takes none now or its budget does not bear it. */
    boolean charge(TenantId tenant, PromotionId promotion, BigDecimal cost, LocalDate today) {
        return jdbc.sql("UPDATE promotion SET redeemed = redeemed + 1, cost = cost + ? "
                                + "WHERE tenant_id = ? AND id = ? AND status = 'PLANNED' "
                                + "AND ? BETWEEN valid_from AND valid_until "
                                + "AND (max_redemptions IS NULL OR redeemed < max_redemptions) "
                                + "AND (max_cost IS NULL OR (cost < max_cost AND cost + ? <= max_cost))")
                        .params(cost, tenant.value(), promotion.value(), today, cost)
                        .update()
                == 1;
    }

    /** Takes a redemption back; gives whose it was, or nothing where it was not redeemed since then. */
    Optional<CustomerId> undo(TenantId tenant, long voucher, Instant since, String by, Instant at) {
        boolean kept = jdbc.sql("INSERT INTO voucher_undo (tenant_id, id, voucher_id, redeemed_at, redeemed_by, "
                                + "order_amount, cost, undone_at, undone_by) SELECT v.tenant_id, ?, v.id, v.redeemed_at, "
                                + "v.redeemed_by, v.order_amount, v.cost, ?, ? FROM voucher v "
                                + "WHERE v.tenant_id = ? AND v.id = ? AND v.redeemed_at >= ? FOR UPDATE")
                        .params(TimeOrderedIds.next(), utc(at), by, tenant.value(), voucher, utc(since))
                        .update()
                == 1;
        if (!kept) {
            return Optional.empty();
        }
        jdbc.sql("UPDATE promotion p JOIN voucher v ON v.tenant_id = p.tenant_id AND v.promotion_id = p.id "
                        + "SET p.redeemed = p.redeemed - 1, p.cost = p.cost - v.cost "
                        + "WHERE v.tenant_id = ? AND v.id = ? AND v.redeemed_at IS NOT NULL")
                .params(tenant.value(), voucher)
                .update();
        jdbc.sql("UPDATE voucher SET redeemed_at = NULL, redeemed_by = NULL, order_amount = NULL, cost = NULL "
                        + "WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), voucher)
                .update();
        return jdbc.sql("SELECT customer_id FROM voucher WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), voucher)
                .query((rs, n) -> new CustomerId(rs.getLong(1)))
                .optional();
    }

    private static Row row(ResultSet rs, int n) throws SQLException {
        String name = Stream.of(rs.getString("first_name"), rs.getString("last_name"))
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
        LocalDateTime redeemedAt = rs.getObject("redeemed_at", LocalDateTime.class);
        return new Row(
                rs.getLong("id"),
                new PromotionId(rs.getLong("promotion_id")),
                rs.getString("name"),
                new CustomerId(rs.getLong("customer_id")),
                name.isEmpty() ? rs.getString("email") : name,
                new Offer(
                        OfferKind.valueOf(rs.getString("offer_kind")),
                        rs.getBigDecimal("offer_value"),
                        rs.getString("offer_thing"),
                        rs.getBigDecimal("unit_cost")),
                rs.getBoolean("planned"),
                rs.getObject("valid_from", LocalDate.class),
                rs.getObject("valid_until", LocalDate.class),
                rs.getBoolean("spent"),
                redeemedAt == null ? null : redeemedAt.toInstant(ZoneOffset.UTC),
                rs.getString("redeemed_by"),
                rs.getBigDecimal("cost"));
    }

    private static LocalDateTime utc(Instant at) {
        return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
