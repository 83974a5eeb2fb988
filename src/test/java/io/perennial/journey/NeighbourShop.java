package io.perennial.journey;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.kernel.TenantId;
import io.perennial.promotions.Offer;
import io.perennial.promotions.OfferKind;
import io.perennial.promotions.PromotionContent;
import io.perennial.promotions.PromotionTemplates;
import io.perennial.promotions.Promotions;
import io.perennial.support.TestTenants;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;

/** Another business in the same installation, which holds an appreciation day too. */
@TestComponent
class NeighbourShop {

    private final TestTenants tenants;
    private final Businesses businesses;
    private final CustomerImports imports;
    private final Promotions promotions;
    private final PromotionTemplates templates;

    NeighbourShop(
            TestTenants tenants,
            Businesses businesses,
            CustomerImports imports,
            Promotions promotions,
            PromotionTemplates templates) {
        this.tenants = tenants;
        this.businesses = businesses;
        this.imports = imports;
        this.promotions = promotions;
        this.templates = templates;
    }

    /** Its one customer, with this address, is sent a voucher at this time. */
    void announces(String customer, LocalDateTime at) {
        TenantId tenant = tenants.fresh("Květiny odvedle");
        TestTenants.asOwner(tenant, () -> {
            businesses.update(reachable(businesses.current()));
            imports.importCustomers(
                    new ByteArrayInputStream(("email\n" + customer + "\n").getBytes(StandardCharsets.UTF_8)),
                    ImportMapping.guess(ImportKind.CUSTOMERS, List.of("email")),
                    ImportOptions.of("customers.csv", CsvFormat.STANDARD));
            LocalDate day = at.toLocalDate();
            promotions.plan(promotions.create(new PromotionContent(
                    "Ours",
                    day,
                    false,
                    List.of(),
                    List.of(),
                    null,
                    new Offer(OfferKind.PERCENT, BigDecimal.TEN, null, null),
                    day,
                    day,
                    null,
                    null,
                    templates.announcement().id(),
                    at,
                    null,
                    null)));
        });
    }

    /** The same business with the sender and the address that mails need. */
    static Business reachable(Business b) {
        return new Business(
                b.id(),
                b.name(),
                b.country(),
                b.locale(),
                b.zone(),
                b.currency(),
                "Lipová 5, 602 00 Brno",
                b.name(),
                "hello@journey.example",
                null,
                "https://lipa.example");
    }
}
