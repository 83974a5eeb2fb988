package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Businesses;
import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import io.perennial.uikit.Formats;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What this module itself knows of a customer's past: orders, refunds, consent, and when they were added. */
@Component
@TenantSql("Reads the newest rows of several tables by time.")
class OwnTimeline implements TimelineSource {

    private final JdbcClient jdbc;
    private final Businesses businesses;

    OwnTimeline(JdbcClient jdbc, Businesses businesses) {
        this.jdbc = jdbc;
        this.businesses = businesses;
    }

    @Override
    public List<TimelineEntry> entries(CustomerId customer, Instant before, int limit) {
        LocalDateTime until = LocalDateTime.ofInstant(before, ZoneOffset.UTC);
        return Stream.of(
                        orders(customer, until, limit),
                        refunds(customer, until, limit),
                        consents(customer, until, limit),
                        suppressions(customer, until, limit),
                        added(customer, until))
                .flatMap(List::stream)
                .sorted(Comparator.comparing(TimelineEntry::at).reversed())
                .limit(limit)
                .toList();
    }

    private List<TimelineEntry> orders(CustomerId customer, LocalDateTime before, int limit) {
        Currency currency = businesses.current().currency();
        return jdbc.sql("SELECT o.ordered_at, o.external_id, o.status, o.net_value, (SELECT GROUP_CONCAT(l.product "
                        + "ORDER BY l.line_no SEPARATOR ', ') FROM order_line l WHERE l.tenant_id = o.tenant_id "
                        + "AND l.order_id = o.id AND l.product <> '') FROM customer_order o WHERE o.tenant_id = ? "
                        + "AND o.customer_id = ? AND o.ordered_at < ? ORDER BY o.ordered_at DESC LIMIT ?")
                .params(tenant(), customer.value(), before, limit)
                .query((rs, n) -> {
                    String products = rs.getString(5);
                    String detail =
                            products != null && products.length() > 140 ? products.substring(0, 140) + "…" : products;
                    return new TimelineEntry(
                            instant(rs.getObject(1, LocalDateTime.class)),
                            "order",
                            t(
                                    "customers.timeline.order."
                                            + rs.getString(3).toLowerCase(java.util.Locale.ROOT),
                                    Formats.money(rs.getBigDecimal(4), currency)),
                            detail,
                            null);
                })
                .list();
    }

    private List<TimelineEntry> refunds(CustomerId customer, LocalDateTime before, int limit) {
        Currency currency = businesses.current().currency();
        return jdbc.sql("SELECT refunded_at, refunded FROM customer_order WHERE tenant_id = ? AND customer_id = ? "
                        + "AND refunded > 0 AND refunded_at < ? ORDER BY refunded_at DESC LIMIT ?")
                .params(tenant(), customer.value(), before, limit)
                .query((rs, n) -> new TimelineEntry(
                        instant(rs.getObject(1, LocalDateTime.class)),
                        "refund",
                        t("customers.timeline.refund", Formats.money(rs.getBigDecimal(2), currency)),
                        null,
                        null))
                .list();
    }

    private List<TimelineEntry> consents(CustomerId customer, LocalDateTime before, int limit) {
        return jdbc.sql("SELECT k.at, k.status, k.source, k.wording, COALESCE(t.name, k.topic) FROM consent_change k "
                        + "LEFT JOIN consent_topic t ON t.tenant_id = k.tenant_id AND t.code = k.topic "
                        + "WHERE k.tenant_id = ? AND k.customer_id = ? AND k.at < ? ORDER BY k.at DESC LIMIT ?")
                .params(tenant(), customer.value(), before, limit)
                .query((rs, n) -> {
                    String wording = rs.getString(4);
                    String source = rs.getString(3);
                    return new TimelineEntry(
                            instant(rs.getObject(1, LocalDateTime.class)),
                            "consent",
                            t(
                                    "customers.timeline.consent."
                                            + rs.getString(2).toLowerCase(java.util.Locale.ROOT),
                                    rs.getString(5)),
                            wording == null ? source : source + ": " + wording,
                            null);
                })
                .list();
    }

    /** By who had the address then, and by the address they have now. */
    private List<TimelineEntry> suppressions(CustomerId customer, LocalDateTime before, int limit) {
        String columns =
                "SELECT id, at, change_kind, reason, note, by_name FROM suppression_change WHERE tenant_id = ? ";
        return jdbc.sql("(" + columns + "AND customer_id = ? AND at < ? ORDER BY at DESC LIMIT ?) UNION (" + columns
                        + "AND email_hash = (SELECT UNHEX(SHA2(c.email, 256)) FROM customer c WHERE c.tenant_id = ? "
                        + "AND c.id = ?) AND at < ? ORDER BY at DESC LIMIT ?) ORDER BY at DESC")
                .params(tenant(), customer.value(), before, limit)
                .params(tenant(), tenant(), customer.value(), before, limit)
                .query((rs, n) -> {
                    String by = rs.getString(6);
                    String note = rs.getString(5);
                    return new TimelineEntry(
                            instant(rs.getObject(2, LocalDateTime.class)),
                            "consent",
                            t(
                                    "privacy.timeline." + rs.getString(3).toLowerCase(java.util.Locale.ROOT),
                                    t("privacy.reason." + rs.getString(4).toLowerCase(java.util.Locale.ROOT))),
                            by.isEmpty() ? note : note == null ? by : by + ": " + note,
                            null);
                })
                .list();
    }

    private List<TimelineEntry> added(CustomerId customer, LocalDateTime before) {
        return jdbc.sql("SELECT created_at FROM customer WHERE tenant_id = ? AND id = ? AND created_at < ?")
                .params(tenant(), customer.value(), before)
                .query((rs, n) -> new TimelineEntry(
                        instant(rs.getObject(1, LocalDateTime.class)),
                        "import",
                        t("customers.timeline.added"),
                        null,
                        null))
                .list();
    }

    private static Instant instant(LocalDateTime utc) {
        return utc.toInstant(ZoneOffset.UTC);
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
