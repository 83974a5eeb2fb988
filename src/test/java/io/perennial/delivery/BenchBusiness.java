package io.perennial.delivery;

import io.perennial.accounts.ActingAs;
import io.perennial.campaigns.CampaignControl;
import io.perennial.campaigns.CampaignFixtures;
import io.perennial.campaigns.CampaignId;
import io.perennial.campaigns.CampaignPlanner;
import io.perennial.content.Personalisation;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateId;
import io.perennial.delivery.sender.DkimAlgorithm;
import io.perennial.delivery.sender.DkimKeys;
import io.perennial.delivery.sender.SigningKeys;
import io.perennial.delivery.sender.TestKeys;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.TestTenants;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A business with many customers and a campaign to all of them, as the bench sends it. */
final class BenchBusiness {

    /** 15 placeholders, a loop of 5, 3 conditionals, 3 links; 15 to 16 KB as it travels. */
    private static final String MJML = """
            <mjml><mj-head><mj-attributes><mj-all font-family="-apple-system, 'Segoe UI', Roboto, sans-serif" />
            <mj-text font-size="16px" line-height="1.55" color="#2b332f" padding="0 32px 16px" /></mj-attributes></mj-head>
            <mj-body background-color="#f3f5f2"><mj-section><mj-column>
            <mj-text font-size="28px">Dobrý den, {{ customer.first_name | default: "příteli" }} {{ customer.last_name }}</mj-text>
            <mj-text>WORDS</mj-text>
            {% if customer.city %}<mj-text>Do {{ customer.city }} doručujeme zdarma, {{ customer.first_name }}. WORDS</mj-text>{% endif %}
            {% if orders.count > 1 %}<mj-text>Objednali jste u nás {{ orders.count }}krát za {{ orders.value | money }}, naposledy {{ orders.last_date | date_long }}.</mj-text>{% else %}<mj-text>Těšíme se na vaši další objednávku. WORDS</mj-text>{% endif %}
            <mj-text><ul>{% for i in (1..5) %}<li>Káva číslo {{ i }}: praženo tento týden pro {{ customer.first_name }}</li>{% endfor %}</ul></mj-text>
            <mj-button href="https://shop.example/new?utm_source=mail&amp;utm_campaign=spring">Nové kávy</mj-button>
            <mj-text>WORDS <a href="https://shop.example/sale">Výprodej</a> a <a href="https://shop.example/shops">prodejny</a>.</mj-text>
            {% unless customer.birthday %}<mj-text>Povězte nám, kdy máte narozeniny. Píšeme na {{ customer.email }}.</mj-text>{% endunless %}
            <mj-text font-size="13px">{{ business.name }}, {{ business.postal_address }}<br />
            <a href="{{ links.preferences }}">Co vám posíláme</a> · <a href="{{ links.unsubscribe }}">Odhlásit</a></mj-text>
            </mj-column></mj-section></mj-body></mjml>""";

    private static final String WORDS = "Čerstvě pražená káva z Etiopie s tóny jasmínu a citrusů právě dorazila. ";

    private final TenantId tenant;
    private final CampaignId campaign;
    private final JdbcClient jdbc;

    private BenchBusiness(TenantId tenant, CampaignId campaign, JdbcClient jdbc) {
        this.tenant = tenant;
        this.campaign = campaign;
        this.jdbc = jdbc;
    }

    static BenchBusiness of(ApplicationContext application, int people) {
        TenantId tenant = application.getBean(TestTenants.class).fresh("Bench " + people);
        JdbcClient jdbc = application.getBean(JdbcClient.class);
        CampaignFixtures fixtures = application.getBean(CampaignFixtures.class);
        fixtures.makeReady(tenant);
        addPeople(jdbc, tenant, people);
        String body = MJML.replace("WORDS", WORDS.repeat(8));
        CampaignId campaign = TestTenants.asOwner(tenant, () -> {
            TemplateId template = application
                    .getBean(TemplateDirectory.class)
                    .save("Bench", "{{ customer.first_name }}, nové kávy jsou tu", "Praženo včera", body)
                    .id();
            CampaignControl control = application.getBean(CampaignControl.class);
            CampaignId draft =
                    control.draft(new CampaignPlanner.Plan("Bench", template, List.of(), List.of(), "news", null));
            control.schedule(draft, fixtures.tomorrow(tenant));
            return draft;
        });
        return new BenchBusiness(tenant, campaign, jdbc);
    }

    /** c0@bench.example, c1@... with a summary of their orders. */
    static void addPeople(JdbcClient jdbc, TenantId tenant, int people) {
        String digit = "(SELECT 0 n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 "
                + "UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
        int block = 100_000;
        for (int from = 0; from < people; from += block) {
            int count = Math.min(block, people - from);
            jdbc.sql("INSERT INTO customer (tenant_id, id, email, first_name, last_name, city, created_at, updated_at) "
                            + "SELECT ?, ? + x.i, CONCAT('c', x.i + ?, '@bench.example'), "
                            + "ELT(x.i % 5 + 1, 'Jana', 'Ondřej', 'Tereza', 'Petr', 'Žofie'), CONCAT('Nováková ', x.i), "
                            + "IF(x.i % 3 = 0, NULL, 'Brno'), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM ("
                            + "SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n i FROM " + digit + " a, "
                            + digit + " b, " + digit + " c, " + digit + " d, " + digit + " e) x WHERE x.i < ?")
                    .params(tenant.value(), TimeOrderedIds.nextBlock(block), from, count)
                    .update();
        }
        jdbc.sql(
                        "INSERT INTO customer_summary (tenant_id, customer_id, orders, order_days, value, last_order_at) "
                                + "SELECT tenant_id, id, id % 4, id % 4, 345.6 * (id % 4), "
                                + "IF(id % 4 = 0, NULL, UTC_TIMESTAMP(6) - INTERVAL (id % 90) DAY) FROM customer WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
    }

    /** Keys made for the bench, the same for everybody. */
    static SigningKeys signedWith(String algorithm) {
        DkimKeys keys = TestKeys.of("roast.example", DkimAlgorithm.valueOf(algorithm.toUpperCase(Locale.ROOT)))
                .keys();
        return (tenant, domain) -> keys;
    }

    TenantId tenant() {
        return tenant;
    }

    /** Freezes the audience and lets it be sent. */
    void launch(ApplicationContext application) {
        application.getBean(CampaignFixtures.class).launch(tenant, campaign);
    }

    /** Processor time here to read people's data for their mails, in microseconds each; measured for some of them. */
    double loading(ApplicationContext application) {
        List<CustomerId> some = jdbc.sql("SELECT id FROM customer WHERE tenant_id = ? ORDER BY id LIMIT 8000")
                .param(tenant.value())
                .query((rs, row) -> new CustomerId(rs.getLong(1)))
                .list();
        Personalisation personalisation = application.getBean(Personalisation.class);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return ActingAs.system(tenant, () -> {
            long began = threads.getCurrentThreadCpuTime();
            for (int from = 0; from < some.size(); from += 400) {
                personalisation.models(some.subList(from, Math.min(some.size(), from + 400)), Set.of());
            }
            return (threads.getCurrentThreadCpuTime() - began) / 1e3 / some.size();
        });
    }

    boolean isDone() {
        return jdbc.sql("SELECT state FROM delivery_run WHERE tenant_id = ?")
                .param(tenant.value())
                .query(String.class)
                .single()
                .equals("DONE");
    }

    long sent() {
        return jdbc.sql("SELECT COUNT(*) FROM message WHERE tenant_id = ? AND state = 'SENT'")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }
}
