package io.perennial.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.customers.Erasures;
import io.perennial.kernel.CustomerId;
import io.perennial.outside.LocalWeb.Asked;
import io.perennial.outside.LocalWeb.Told;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What was sent is kept for a while, to be looked at and sent again, without the erased. */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class WebhookLogTest extends HookedShops {

    @Autowired
    WebhookUpkeep upkeep;

    @Autowired
    Erasures erasures;

    @Test
    void whatHappenedSinceATimeIsSentAgainToANewEndpointToo() {
        add(acme, "/old", EventType.OFFERED);
        add(globex, "/other", EventType.OFFERED);
        customer(acme, "ada@shop.example");
        customer(globex, "eve@globex.example");
        serve(acme);
        Webhooks.Made fresh = add(acme, "/new", Set.of(EventType.CUSTOMER_CREATED));
        int again = TestTenants.asOwner(
                acme, () -> log.allAgain(fresh.endpoint().id(), Instant.now().minus(1, ChronoUnit.HOURS)));
        assertThat(again).isEqualTo(1);
        serve(acme);
        assertThat(shop.asked().stream().map(Asked::path)).containsExactly("/old", "/new");
        assertThat(shop.asked().get(0).headers().get("webhook-id"))
                .isEqualTo(shop.asked().get(1).headers().get("webhook-id"));
        TestTenants.asOwner(
                acme, () -> log.again(fresh.endpoint().id(), only(fresh).event()));
        serve(acme);
        assertThat(shop.asked()).hasSize(3);
    }

    @Test
    void aTestShowsWhatTheProgramAnswers() {
        Webhooks.Made mine = add(acme, "/", Set.of(EventType.CAMPAIGN_STARTED));
        long event = TestTenants.asOwner(acme, () -> log.test(mine.endpoint().id()));
        serve(acme);
        assertThat(shop.asked().getFirst().body()).contains("\"endpoint.tested\"");
        WebhookLog.Sent sent =
                TestTenants.asOwner(acme, () -> log.open(mine.endpoint().id(), event));
        assertThat(sent.id()).isEqualTo(shop.asked().getFirst().headers().get("webhook-id"));
        assertThat(sent.payload()).isEqualTo(shop.asked().getFirst().body());
        TestTenants.asOwner(acme, () -> webhooks.switchOff(mine.endpoint().id()));
        assertThatThrownBy(() ->
                        TestTenants.asOwner(acme, () -> log.test(mine.endpoint().id())))
                .isInstanceOfSatisfying(
                        WebhookRefused.class, e -> assertThat(e.key()).isEqualTo("webhooks.refused.off"));
    }

    @Test
    void theErasedAreForgottenByTheLog() {
        Webhooks.Made mine = add(acme, "/", EventType.OFFERED);
        shop.script(request -> new Told(200, Map.of(), "Thanks for ada@shop.example"));
        long ada = customer(acme, "ada@shop.example");
        serve(acme);
        TestTenants.asOwner(acme, () -> log.test(mine.endpoint().id()));
        serve(acme);
        assertThat(rows.rows(acme, "webhook_attempt").toString()).contains("ada@shop.example");
        TestTenants.asOwner(acme, () -> erasures.erase(new CustomerId(ada), "ada@shop.example"));
        assertThat(rows.rows(acme, "webhook_attempt").toString()).doesNotContain("ada@shop.example");
        assertThat(rows.rows(acme, "webhook_event").stream().map(row -> row.get("type")))
                .containsExactly("endpoint.tested", "customer.erased");
    }

    @Test
    void whatIsOldIsForgotten() {
        add(acme, "/", EventType.OFFERED);
        customer(acme, "ada@shop.example");
        customer(acme, "bob@shop.example");
        serve(acme);
        jdbc.update(
                "UPDATE webhook_event SET at = at - INTERVAL 31 DAY WHERE tenant_id = ? ORDER BY id LIMIT 1",
                acme.value());
        upkeep.forget();
        assertThat(rows.count(acme, "webhook_event")).isEqualTo(1);
        assertThat(rows.count(acme, "webhook_delivery")).isEqualTo(1);
        assertThat(rows.count(acme, "webhook_attempt")).isEqualTo(1);
    }
}
