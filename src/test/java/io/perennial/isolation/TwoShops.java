package io.perennial.isolation;

import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.campaigns.CampaignControl;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.campaigns.CampaignFixtures;
import io.perennial.campaigns.CampaignId;
import io.perennial.content.TemplateId;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.promotions.Promotions;
import io.perennial.promotions.Shop;
import io.perennial.segments.SegmentId;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Webhooks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.JdbcTemplate;

/** Makes a business that has something of everything, and tells whether anything of it changed. */
@TestComponent
@TenantSql("Tests look at the rows themselves.")
class TwoShops {

    private final TestTenants tenants;
    private final CampaignFixtures fixtures;
    private final CampaignDesk campaigns;
    private final CampaignControl control;
    private final Promotions promotions;
    private final Shop shop;
    private final StaffAccounts accounts;
    private final AttributeDefinitions attributes;
    private final Webhooks webhooks;
    private final JdbcTemplate jdbc;
    /** Of each table of tenants; the schema stays as it is while a test runs. */
    private final Map<String, List<String>> columns = new TreeMap<>();

    TwoShops(
            TestTenants tenants,
            CampaignFixtures fixtures,
            CampaignDesk campaigns,
            CampaignControl control,
            Promotions promotions,
            Shop shop,
            StaffAccounts accounts,
            AttributeDefinitions attributes,
            Webhooks webhooks,
            JdbcTemplate jdbc) {
        this.webhooks = webhooks;
        this.tenants = tenants;
        this.fixtures = fixtures;
        this.campaigns = campaigns;
        this.control = control;
        this.promotions = promotions;
        this.shop = shop;
        this.accounts = accounts;
        this.attributes = attributes;
        this.jdbc = jdbc;
    }

    /**
     * @param first and {@code second}: words that everything in it is called by
     */
    TenantId open(String first, String second) {
        String name = first + " " + second;
        TenantId tenant = tenants.fresh(name);
        fixtures.makeReady(tenant);
        CustomerId customer = fixtures.customer(tenant, first, second);
        order(tenant, customer, second);
        jdbc.update(
                "UPDATE customer SET last_name = ? WHERE tenant_id = ? AND id = ?",
                second,
                tenant.value(),
                customer.value());
        jdbc.update(
                "INSERT INTO customer_tag (tenant_id, customer_id, tag) VALUES (?, ?, ?)",
                tenant.value(),
                customer.value(),
                name);
        long account = accounts.ensureAccount(
                new EmailAddress(first + TimeOrderedIds.next() + "@staff.example"), name, "three calm words");
        accounts.addMember(tenant, account, Role.OWNER);
        TestTenants.asOwner(tenant, () -> {
            webhooks.add("http://127.77.0.9/" + second, name, EventType.OFFERED);
            attributes.define("mark", name, AttributeType.TEXT, List.of());
            SegmentId segment = fixtures.livingIn(second);
            TemplateId template = fixtures.templateSaying(name, second);
            CampaignId sent = campaigns.create(CampaignFixtures.content(name, template, segment));
            control.sendNow(sent);
            fixtures.launch(tenant, sent);
            campaigns.create(CampaignFixtures.content(name + " later", template, segment));
            promotions.create(shop.today(Shop.percent("10"), null, null));
        });
        return tenant;
    }

    private void order(TenantId tenant, CustomerId customer, String product) {
        long id = TimeOrderedIds.next();
        jdbc.update(
                "INSERT INTO customer_order (tenant_id, id, customer_id, external_id, ordered_at, ordered_on, status, "
                        + "currency, amount, net_value) VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6), CURRENT_DATE, 'PAID', 'CZK', 10, 10)",
                tenant.value(),
                id,
                customer.value(),
                product + id);
    }

    /** The newest id in each table of the business that has ids. */
    Map<String, Long> ids(TenantId tenant) {
        Map<String, Long> ids = new TreeMap<>();
        columns().forEach((table, columns) -> {
            if (columns.contains("id")) {
                Long id = jdbc.queryForObject(
                        "SELECT MAX(id) FROM " + table + " WHERE tenant_id = ?", Long.class, tenant.value());
                if (id != null) {
                    ids.put(table, id);
                }
            }
        });
        ids.put(
                "staff_account",
                jdbc.queryForObject(
                        "SELECT MAX(account_id) FROM membership WHERE tenant_id = ?", Long.class, tenant.value()));
        return ids;
    }

    /** A number for each table's rows of the business; another one if any cell differs. In one statement: it is asked often. */
    Map<String, String> checksums(TenantId tenant) {
        Map<String, String> sums = new TreeMap<>();
        Map<String, List<String>> tables = columns();
        String all = tables.entrySet().stream()
                .map(table ->
                        "SELECT '" + table.getKey() + "', CONCAT(COUNT(*), ' ', IFNULL(BIT_XOR(CRC32(CONCAT_WS('|', "
                                + table.getValue().stream()
                                        .map(column -> "IFNULL(HEX(`" + column + "`), '~')")
                                        .collect(Collectors.joining(", "))
                                + "))), 0)) FROM " + table.getKey() + " WHERE tenant_id = ?")
                .collect(Collectors.joining(" UNION ALL "));
        jdbc.query(
                all,
                rs -> {
                    sums.put(rs.getString(1), rs.getString(2));
                },
                Collections.nCopies(tables.size(), tenant.value()).toArray());
        sums.put(
                "business",
                jdbc.queryForObject(
                        "SELECT CONCAT_WS('|', name, country, locale, zone, currency, postal_address, sender_name, "
                                + "sender_email, reply_to, website) FROM business WHERE id = ?",
                        String.class,
                        tenant.value()));
        return sums;
    }

    private Map<String, List<String>> columns() {
        if (!columns.isEmpty()) {
            return columns;
        }
        jdbc.query(
                "SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t "
                        + "ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE' "
                        + "WHERE c.table_schema = DATABASE() ORDER BY c.table_name, c.ordinal_position",
                rs -> {
                    columns.computeIfAbsent(rs.getString(1), table -> new ArrayList<>())
                            .add(rs.getString(2));
                });
        columns.values().removeIf(names -> !names.contains("tenant_id"));
        return columns;
    }
}
