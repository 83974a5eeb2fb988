package io.perennial.promotions;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Businesses;
import io.perennial.customers.TimelineEntry;
import io.perennial.customers.TimelineSource;
import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import io.perennial.uikit.Formats;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Vouchers on a customer's timeline: issued, redeemed and lapsed. */
@Component
@TenantSql("One question over vouchers for one customer; it names the tenant.")
class VoucherTimeline implements TimelineSource {

    private final JdbcClient jdbc;
    private final Businesses businesses;

    VoucherTimeline(JdbcClient jdbc, Businesses businesses) {
        this.jdbc = jdbc;
        this.businesses = businesses;
    }

    @Override
    public List<TimelineEntry> entries(CustomerId customer, Instant before, int limit) {
        long tenant = CurrentTenant.require().value();
        LocalDateTime until = LocalDateTime.ofInstant(before, ZoneOffset.UTC);
        Currency currency = businesses.current().currency();
        String of = " FROM voucher v JOIN promotion p ON p.tenant_id = v.tenant_id AND p.id = v.promotion_id "
                + "WHERE v.tenant_id = ? AND v.customer_id = ? AND ";
        return jdbc.sql("SELECT * FROM (" + each("issued", of) + " UNION ALL " + each("redeemed", of) + " UNION ALL "
                        + each("lapsed", of) + ") e ORDER BY e.at DESC LIMIT ?")
                .params(
                        tenant,
                        customer.value(),
                        until,
                        tenant,
                        customer.value(),
                        until,
                        tenant,
                        customer.value(),
                        until)
                .param(limit)
                .query((rs, n) -> {
                    String what = rs.getString("what");
                    BigDecimal amount = rs.getBigDecimal("order_amount");
                    String detail = !what.equals("redeemed")
                            ? new VoucherCode(rs.getString("code")).toString()
                            : amount == null
                                    ? t("promotions.timeline.by", rs.getString("redeemed_by"))
                                    : t(
                                            "promotions.timeline.by_with",
                                            rs.getString("redeemed_by"),
                                            Formats.money(amount, currency));
                    return new TimelineEntry(
                            rs.getObject("at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                            "voucher",
                            t("promotions.timeline." + what, rs.getString("name")),
                            detail,
                            "promotions/" + rs.getLong("id"));
                })
                .list();
    }

    private static String each(String what, String of) {
        return "SELECT v." + what + "_at AS at, '" + what
                + "' AS what, p.id, p.name, v.code, v.order_amount, v.redeemed_by" + of + "v." + what + "_at < ?";
    }
}
