package io.perennial.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.customers.ImportField;
import io.perennial.customers.ImportedData;
import io.perennial.customers.records.RecordEntry;
import io.perennial.kernel.TenantId;
import io.perennial.outside.LocalWeb;
import io.perennial.outside.LocalWeb.Asked;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.WebhookQueue.Key;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two shops, and a real web server that hears what they tell. */
@TenantSql("Tests look at the rows themselves.")
abstract class HookedShops {

    @Autowired
    TestTenants tenants;

    @Autowired
    Webhooks webhooks;

    @Autowired
    WebhookLog log;

    @Autowired
    WebhookWorkers workers;

    @Autowired
    RecordEntry entry;

    @Autowired
    ImportedData rows;

    @Autowired
    JdbcTemplate jdbc;

    final LocalWeb shop = new LocalWeb();
    TenantId acme;
    TenantId globex;

    @BeforeEach
    void twoShops() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    Webhooks.Made add(TenantId tenant, String path, Set<EventType> types) {
        return add(tenant, shop, path, types);
    }

    Webhooks.Made add(TenantId tenant, LocalWeb receiver, String path, Set<EventType> types) {
        return TestTenants.asOwner(tenant, () -> webhooks.add(receiver.url(path).toString(), "The shop", types));
    }

    long customer(TenantId tenant, String email) {
        TestTenants.asOwner(tenant, () -> entry.putCustomer("test", Map.of(ImportField.EMAIL, email)));
        return jdbc.queryForObject(
                "SELECT id FROM customer WHERE tenant_id = ? AND email = ?", Long.class, tenant.value(), email);
    }

    /** A turn of each endpoint of the business. */
    void serve(TenantId tenant) {
        TestTenants.asOwner(tenant, () -> webhooks.list()).forEach(each -> workers.serve(new Key(tenant, each.id())));
    }

    /** As if the time had come for all that waits at Acme. */
    void comeDue() {
        jdbc.update(
                "UPDATE webhook_delivery SET due_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND due_at IS NOT NULL",
                acme.value());
        jdbc.update("UPDATE webhook_endpoint SET paused_until = NULL WHERE tenant_id = ?", acme.value());
    }

    Key key(Webhooks.Made made) {
        return new Key(acme, made.endpoint().id());
    }

    WebhookEndpoint endpoint(Webhooks.Made made) {
        return TestTenants.asOwner(acme, () -> webhooks.require(made.endpoint().id()));
    }

    List<WebhookDelivery> log(Webhooks.Made made) {
        return TestTenants.asOwner(acme, () -> log.page(made.endpoint().id(), null, PageRequest.ofSize(50)));
    }

    WebhookDelivery only(Webhooks.Made made) {
        assertThat(log(made)).hasSize(1);
        return log(made).getFirst();
    }

    static String signature(WebhookSecret secret, Asked asked) {
        return secret.sign(
                asked.headers().get("webhook-id"),
                Long.parseLong(asked.headers().get("webhook-timestamp")),
                asked.body());
    }
}
