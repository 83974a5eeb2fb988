package io.perennial.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.campaigns.CampaignControl;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.campaigns.CampaignFixtures;
import io.perennial.campaigns.CampaignId;
import io.perennial.content.TemplateId;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.insights.Insights;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.promotions.Promotions;
import io.perennial.promotions.Shop;
import io.perennial.promotions.VoucherCode;
import io.perennial.segments.KeptSegments;
import io.perennial.segments.SegmentId;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A business with something of everything that the examples of the API's page are about, by the names that they use. */
@TestComponent
@TenantSql("Tests look at the rows themselves.")
class ExampleShop {

    private final TestTenants tenants;
    private final CampaignFixtures fixtures;
    private final CampaignDesk campaigns;
    private final CampaignControl control;
    private final Promotions promotions;
    private final Shop shop;
    private final Insights insights;
    private final KeptSegments kept;
    private final ApiClient programs;
    private final JdbcTemplate jdbc;
    private final ImportJobs imports;
    private final TransactionTemplate transaction;

    private final Map<String, String> ids = new LinkedHashMap<>();
    private TenantId tenant;

    ExampleShop(
            TestTenants tenants,
            CampaignDesk campaigns,
            CampaignControl control,
            Promotions promotions,
            Shop shop,
            Insights insights,
            KeptSegments kept,
            JdbcTemplate jdbc,
            AutowireCapableBeanFactory beans) {
        this.tenants = tenants;
        this.fixtures = beans.createBean(CampaignFixtures.class);
        this.campaigns = campaigns;
        this.control = control;
        this.promotions = promotions;
        this.shop = shop;
        this.insights = insights;
        this.kept = kept;
        this.programs = beans.createBean(ApiClient.class);
        this.jdbc = jdbc;
        this.imports = beans.getBean(ImportJobs.class);
        this.transaction = new TransactionTemplate(beans.getBean(PlatformTransactionManager.class));
    }

    TenantId tenant() {
        return tenant;
    }

    /** @return the ids of what is in it, as the examples call them */
    Map<String, String> open(String name) {
        tenant = tenants.fresh(name);
        fixtures.makeReady(tenant);
        CustomerId eve = fixtures.customer(tenant, "eve", "Brno");
        fixtures.customer(tenant, "dan", "Brno");
        CustomerId leaver = fixtures.customer(tenant, "leo", "Plzeň");
        ids.put("leaver", leaver.toString());
        ApiClient.Answer order = programs.post(
                programs.key(tenant),
                "/orders",
                "{\"number\":\"A-1000\",\"customer\":{\"externalId\":\"c-1000\"},\"orderedAt\":\"2026-02-01T10:00:00Z\","
                        + "\"total\":250}");
        assertThat(order.status()).as(order.body().toString()).isEqualTo(201);
        TestTenants.asOwner(tenant, () -> {
            SegmentId segment = fixtures.livingIn("Brno");
            TemplateId template = fixtures.templateSaying("News", "Hello");
            CampaignId sent = campaigns.create(CampaignFixtures.content("January news", template, segment));
            control.sendNow(sent);
            fixtures.launch(tenant, sent);
            CampaignId draft = campaigns.create(CampaignFixtures.content("Spring news", template, segment));
            ids.put("segment", segment.toString());
            ids.put("sent", sent.toString());
            ids.put("draft", draft.toString());
            ids.put(
                    "promotion",
                    promotions
                            .create(shop.today(Shop.percent("10"), null, null))
                            .toString());
            insights.recompute();
        });
        kept.lookAfter(tenant);
        ids.put(
                "tomorrow",
                fixtures.tomorrow(tenant).truncatedTo(ChronoUnit.SECONDS).toString());
        ids.put("waiting", waitingImport());
        ids.put("large", largeImport());
        ids.put("voucher", voucher(eve));
        Awaitility.await()
                .pollInSameThread()
                .atMost(Duration.ofSeconds(30))
                .until(() -> TestTenants.asOwner(tenant, () -> insights.latest().isPresent()));
        return ids;
    }

    /** One that was interrupted by the end of its node. */
    private String waitingImport() {
        long id = TimeOrderedIds.next();
        jdbc.update(
                "INSERT INTO import_job (tenant_id, id, kind, state, source, dry_run, bytes_total, started_by, queued_at, "
                        + "beat_at, finished_at) VALUES (?, ?, 'CUSTOMERS', 'INTERRUPTED', 'old.csv', FALSE, 100, 'Olga', "
                        + "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
                tenant.value(),
                id);
        return Long.toString(id);
    }

    /** One that waits for its turn, and would for a day: it can be paused, and go on. */
    private String largeImport() {
        ImportMapping mapping = ImportMapping.guess(ImportKind.CUSTOMERS, List.of("external id", "email"));
        ImportOptions options = ImportOptions.of("all customers.csv", CsvFormat.STANDARD);
        long id = TestTenants.asOwner(
                tenant,
                () -> Objects.requireNonNull(transaction.execute(status -> {
                    long begun = imports.startTaking(ImportKind.CUSTOMERS, largeFile(), mapping, options);
                    imports.pause(begun);
                    return begun;
                })));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !isWorkedOn(id));
        jdbc.update(
                "UPDATE import_job SET state = 'QUEUED', finished_at = NULL, beat_at = UTC_TIMESTAMP(6) + INTERVAL 1 DAY "
                        + "WHERE tenant_id = ? AND id = ?",
                tenant.value(),
                id);
        return Long.toString(id);
    }

    private boolean isWorkedOn(long id) {
        return TestTenants.asOwner(tenant, () -> imports.isHere(id));
    }

    private static Path largeFile() {
        try {
            return Files.writeString(
                    Files.createTempFile("large", ".csv"), "external id,email\nc-3001,jan@example.com\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String voucher(CustomerId customer) {
        long promotion = Long.parseLong(ids.get("promotion"));
        jdbc.update(
                "UPDATE promotion SET status = 'PLANNED' WHERE tenant_id = ? AND id = ?", tenant.value(), promotion);
        String code = VoucherCode.random().value();
        jdbc.update(
                "INSERT INTO voucher (tenant_id, id, promotion_id, customer_id, code, issued_at) "
                        + "VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
                tenant.value(),
                TimeOrderedIds.next(),
                promotion,
                customer.value(),
                code);
        return code;
    }
}
