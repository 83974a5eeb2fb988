package io.perennial.campaigns;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateId;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule;
import io.perennial.segments.SegmentDirectory;
import io.perennial.segments.SegmentId;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes what campaigns need: a business ready to send, customers, segments by city, a template. */
@Component
public class CampaignFixtures {

    static final String MJML = """
            <mjml><mj-body><mj-section><mj-column>
            <mj-text>Hello {{ customer.first_name | default: "there" }}</mj-text>
            <mj-text>{{ business.name }}, {{ business.postal_address }}</mj-text>
            <mj-text><a href="{{ links.unsubscribe }}">Unsubscribe</a></mj-text>
            </mj-column></mj-section></mj-body></mjml>""";

    private final Businesses businesses;
    private final SegmentDirectory segments;
    private final TemplateDirectory templates;
    private final JdbcClient jdbc;
    private final CampaignLaunch launch;

    CampaignFixtures(
            Businesses businesses,
            SegmentDirectory segments,
            TemplateDirectory templates,
            JdbcClient jdbc,
            CampaignLaunch launch) {
        this.businesses = businesses;
        this.segments = segments;
        this.templates = templates;
        this.jdbc = jdbc;
        this.launch = launch;
    }

    public void makeReady(TenantId tenant) {
        Business b = businesses.require(tenant);
        TestTenants.asOwner(
                tenant,
                () -> businesses.update(new Business(
                        tenant,
                        b.name(),
                        b.country(),
                        b.locale(),
                        b.zone(),
                        b.currency(),
                        "1 Main Square, Prague",
                        b.name(),
                        "shop@" + tenant + ".example",
                        null,
                        null)));
        jdbc.sql("INSERT IGNORE INTO consent_topic (tenant_id, code, name, position) VALUES (?, 'news', 'News', 1)")
                .param(tenant.value())
                .update();
    }

    public CustomerId customer(TenantId tenant, String name, String city) {
        CustomerId id = customerWithoutAddress(tenant, name, city);
        jdbc.sql("UPDATE customer SET email = ? WHERE tenant_id = ? AND id = ?")
                .params(name + "@customers.example", tenant.value(), id.value())
                .update();
        return id;
    }

    public CustomerId customerWithoutAddress(TenantId tenant, String name, String city) {
        long id = TimeOrderedIds.next();
        jdbc.sql("INSERT INTO customer (tenant_id, id, first_name, city, created_at, updated_at) "
                        + "VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))")
                .params(tenant.value(), id, name, city)
                .update();
        return new CustomerId(id);
    }

    public void suppress(TenantId tenant, String name, String reason) {
        jdbc.sql("INSERT INTO suppression (tenant_id, email_hash, email, reason, at) "
                        + "VALUES (?, UNHEX(SHA2(?, 256)), NULL, ?, UTC_TIMESTAMP(6))")
                .params(tenant.value(), name + "@customers.example", reason)
                .update();
    }

    public void withdraw(TenantId tenant, CustomerId customer, String topic) {
        jdbc.sql("INSERT INTO consent (tenant_id, customer_id, topic, status, at, source) "
                        + "VALUES (?, ?, ?, 'WITHDRAWN', UTC_TIMESTAMP(6), 'test')")
                .params(tenant.value(), customer.value(), topic)
                .update();
    }

    /** Within the tenant's scope. */
    public SegmentId livingIn(String city) {
        return segments.create("From " + city, new Rule.Condition(Rule.Field.CITY, Operator.IS, List.of(city)))
                .id();
    }

    /** Within the tenant's scope. */
    public TemplateId template() {
        return templates.save("Hello", "Good day", "", MJML).id();
    }

    /** Within the tenant's scope. */
    public TemplateId brokenTemplate() {
        return templates.save("Broken", "Good day", "", "<mjml><mj-body>").id();
    }

    public static CampaignContent content(String name, TemplateId template, SegmentId... include) {
        return content(name, template, List.of(include), List.of(), null);
    }

    public static CampaignContent content(
            String name, TemplateId template, List<SegmentId> include, List<SegmentId> exclude, String topic) {
        return new CampaignContent(name, template, include, exclude, topic, null, MissedPolicy.SEND_LATE, 4);
    }

    public static CampaignContent withPolicy(CampaignContent c, MissedPolicy policy, int hours) {
        return new CampaignContent(
                c.name(), c.template(), c.include(), c.exclude(), c.topic(), c.planned(), policy, hours);
    }

    /** An hour of tomorrow that exists once, in the test businesses' zone. */
    public LocalDateTime tomorrow(TenantId tenant) {
        return LocalDateTime.now(businesses.require(tenant).zone())
                .plusDays(1)
                .withHour(9)
                .truncatedTo(ChronoUnit.HOURS);
    }

    /** Moves a scheduled campaign's time into the past, as if nothing had run since. */
    Occurrences.Due wasDue(TenantId tenant, CampaignId campaign, Duration ago) {
        return dueAt(tenant, campaign, Instant.now().minus(ago).truncatedTo(ChronoUnit.MICROS));
    }

    Occurrences.Due dueAt(TenantId tenant, CampaignId campaign, Instant at) {
        jdbc.sql("UPDATE campaign SET send_at = ? WHERE tenant_id = ? AND id = ?")
                .params(UtcTimes.toColumn(at), tenant.value(), campaign.value())
                .update();
        return new Occurrences.Due(tenant, campaign, at);
    }

    /** Lets a scheduled campaign come due now. */
    public void launch(TenantId tenant, CampaignId campaign) {
        Occurrences.Due due = wasDue(tenant, campaign, Duration.ofSeconds(1));
        ActingAs.system(tenant, () -> launch.comeDue(due));
    }

    /** Within the tenant's scope. */
    public TemplateId templateSaying(String name, String words) {
        return templates
                .save(name, "Good day", "", MJML.replace("Hello", words))
                .id();
    }

    /** Within the tenant's scope. */
    public void changeTemplate() {
        templates.save("Hello", "Good evening", "", MJML.replace("Hello", "Welcome"));
    }

    public void update(String sql, TenantId tenant, CampaignId... campaign) {
        var statement = jdbc.sql(sql).param(tenant.value());
        for (CampaignId id : campaign) {
            statement = statement.param(id.value());
        }
        statement.update();
    }

    public long count(String sql, Object... params) {
        return jdbc.sql(sql).params(params).query(Long.class).single();
    }
}
