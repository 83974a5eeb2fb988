package io.perennial.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.accounts.Role;
import io.perennial.customers.CustomerTags;
import io.perennial.customers.Erasures;
import io.perennial.kernel.CustomerId;
import io.perennial.outside.LocalWeb.Asked;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs are told what happens: what, whom, and whom not. */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class WebhooksTest extends HookedShops {

    @Autowired
    CustomerTags tags;

    @Autowired
    Erasures erasures;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void whatHappensIsToldSignedAndToTheOneBusinessOnly() {
        Webhooks.Made mine = add(acme, "/acme", EventType.OFFERED);
        add(globex, "/globex", EventType.OFFERED);
        long ada = customer(acme, "ada@shop.example");
        serve(acme);
        serve(globex);
        assertThat(shop.asked()).hasSize(1);
        Asked asked = shop.asked().getFirst();
        assertThat(asked.path()).isEqualTo("/acme");
        JsonNode body = new JsonMapper().readTree(asked.body());
        assertThat(body.get("type").asString()).isEqualTo("customer.created");
        assertThat(body.get("version").asInt()).isEqualTo(1);
        assertThat(Instant.parse(body.get("timestamp").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(body.get("data").toString()).isEqualTo("{\"customerIds\":[\"" + ada + "\"]}");
        assertThat(asked.body()).doesNotContain("ada@shop.example");
        assertThat(asked.headers().get("webhook-id")).matches("msg_\\d+");
        assertThat(asked.headers().get("webhook-signature")).isEqualTo(signature(mine.secret(), asked));
        assertThat(asked.headers().get("content-type")).isEqualTo("application/json");
        assertThat(only(mine).state()).isEqualTo(WebhookDelivery.State.DELIVERED);
    }

    @Test
    void whatIsRolledBackIsNotToldAndWhatNobodyWantsIsNotWritten() {
        add(acme, "/", Set.of(EventType.CUSTOMER_CREATED));
        transaction.executeWithoutResult(status -> {
            customer(acme, "ada@shop.example");
            status.setRollbackOnly();
        });
        assertThat(rows.count(acme, "webhook_event")).isZero();
        long bob = customer(acme, "bob@shop.example");
        TestTenants.asOwner(acme, () -> tags.replace(new CustomerId(bob), List.of("vip")));
        assertThat(rows.count(acme, "webhook_event")).isEqualTo(1);
        customer(globex, "ada@globex.example");
        assertThat(rows.count(globex, "webhook_event")).isZero();
    }

    @Test
    void anEventGoesOutInOrder() {
        Webhooks.Made mine = add(acme, "/", EventType.OFFERED);
        long ada = customer(acme, "ada@shop.example");
        TestTenants.asOwner(acme, () -> tags.replace(new CustomerId(ada), List.of("vip")));
        TestTenants.asOwner(acme, () -> erasures.erase(new CustomerId(ada), "ada@shop.example"));
        serve(acme);
        assertThat(shop.asked().stream()
                        .map(a ->
                                new JsonMapper().readTree(a.body()).get("type").asString()))
                .as("what was about her went with her; that she is to be forgotten is told")
                .containsExactly("customer.erased");
        assertThat(log(mine)).hasSize(1);
        customer(acme, "b@shop.example");
        customer(acme, "c@shop.example");
        customer(acme, "d@shop.example");
        serve(acme);
        List<String> ids = shop.asked().stream()
                .skip(1)
                .map(a -> a.headers().get("webhook-id"))
                .toList();
        assertThat(ids).hasSize(3).isSorted();
    }

    @Test
    void noEndpointLeadsIntoOurOwnNetworkNotEvenLater() {
        for (String url : List.of(
                "https://127.0.0.1/",
                "https://localhost/x",
                "http://shop.example/",
                "https://[::1]/",
                "ftp://x/",
                "")) {
            assertThatThrownBy(() -> TestTenants.asOwner(acme, () -> webhooks.add(url, "", EventType.OFFERED)))
                    .as(url)
                    .isInstanceOf(WebhookRefused.class);
        }
        // It was allowed once, and leads elsewhere now: as if its name did.
        Webhooks.Made mine = add(acme, "/", EventType.OFFERED);
        jdbc.update(
                "UPDATE webhook_endpoint SET url = ? WHERE tenant_id = ?",
                "http://127.0.0.1:" + shop.port() + "/",
                acme.value());
        customer(acme, "ada@shop.example");
        serve(acme);
        assertThat(shop.asked()).isEmpty();
        assertThat(only(mine).lastProblem()).contains("own network");
    }

    @Test
    void onlyWhoMayChangeSettingsSeesThem() {
        Webhooks.Made mine = add(acme, "/", EventType.OFFERED);
        for (Role role : EnumSet.of(Role.MARKETER, Role.ANALYST, Role.SUPPORT)) {
            assertThatThrownBy(() -> TestTenants.as(acme, role, () -> webhooks.list()))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> TestTenants.as(
                            acme, role, () -> log.page(mine.endpoint().id(), null, PageRequest.ofSize(10))))
                    .isInstanceOf(AccessDeniedException.class);
        }
        assertThatThrownBy(() -> TestTenants.asOwner(
                        globex, () -> webhooks.require(mine.endpoint().id())))
                .isInstanceOf(java.util.NoSuchElementException.class);
    }
}
