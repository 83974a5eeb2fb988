package io.perennial.promotions;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateId;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.TestTenants;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.JdbcTemplate;

/** Makes businesses that can hold an appreciation day. */
@TestComponent
public class Shop {

    public static final ZoneId ZONE = ZoneId.of("Europe/Prague");

    private final TestTenants tenants;
    private final Businesses businesses;
    private final TemplateDirectory templates;
    private final JdbcTemplate jdbc;

    Shop(TestTenants tenants, Businesses businesses, TemplateDirectory templates, JdbcTemplate jdbc) {
        this.tenants = tenants;
        this.businesses = businesses;
        this.templates = templates;
        this.jdbc = jdbc;
    }

    /** With sender and address, so that its mails can be sent. */
    public TenantId open(String name) {
        TenantId tenant = tenants.fresh(name);
        TestTenants.asOwner(tenant, () -> {
            Business b = businesses.current();
            businesses.update(new Business(
                    b.id(),
                    b.name(),
                    b.country(),
                    b.locale(),
                    b.zone(),
                    b.currency(),
                    "Street 1, Town",
                    name,
                    "shop@shop.example",
                    null,
                    null));
        });
        return tenant;
    }

    public CustomerId customer(TenantId tenant, String name) {
        long id = TimeOrderedIds.next();
        jdbc.update(
                "INSERT INTO customer (tenant_id, id, email, first_name, created_at, updated_at) "
                        + "VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
                tenant.value(),
                id,
                name.toLowerCase(java.util.Locale.ROOT) + id + "@mail.example",
                name);
        return new CustomerId(id);
    }

    void order(TenantId tenant, CustomerId customer, String value, LocalDateTime at) {
        long id = TimeOrderedIds.next();
        jdbc.update(
                "INSERT INTO customer_order (tenant_id, id, customer_id, external_id, ordered_at, ordered_on, status, "
                        + "currency, amount, net_value) VALUES (?, ?, ?, ?, ?, ?, 'PAID', 'CZK', ?, ?)",
                tenant.value(),
                id,
                customer.value(),
                "o" + id,
                at,
                at.toLocalDate(),
                new BigDecimal(value),
                new BigDecimal(value));
    }

    /** Within the current tenant. */
    public TemplateId template(String name) {
        return template(name, "{{ voucher.code }} {{ voucher.offer }}");
    }

    private TemplateId template(String name, String words) {
        return templates
                .save(
                        name,
                        "For you",
                        "",
                        "<mjml><mj-body><mj-section><mj-column><mj-text>" + words + " "
                                + "{{ business.postal_address }} <a href=\"{{ links.unsubscribe }}\">Unsubscribe</a>"
                                + "</mj-text></mj-column></mj-section></mj-body></mjml>")
                .id();
    }

    public static Offer percent(String value) {
        return new Offer(OfferKind.PERCENT, new BigDecimal(value), null, null);
    }

    /** Valid today, announced in a minute. Within the current tenant. */
    public PromotionContent today(Offer offer, @Nullable Integer maxRedemptions, @Nullable String maxCost) {
        LocalDate today = LocalDate.now(ZONE);
        return new PromotionContent(
                "Thank you day",
                today,
                false,
                List.of(),
                List.of(),
                null,
                offer,
                today,
                today.plusDays(3),
                maxRedemptions,
                maxCost == null ? null : new BigDecimal(maxCost),
                template("Announcement"),
                LocalDateTime.now(ZONE).plusMinutes(2),
                template("Thanks", "Thank you for {{ voucher.offer }}"),
                today.plusDays(4).atTime(10, 0));
    }
}
