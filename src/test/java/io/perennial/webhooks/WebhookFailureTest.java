package io.perennial.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.outside.LocalWeb.Told;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.WebhookEndpoint.State;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of events whose receivers do not take them, and of the receivers. */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class WebhookFailureTest extends HookedShops {

    @Autowired
    WebhookQueue queue;

    @Autowired
    StaffAccounts accounts;

    @Test
    void whatFailsIsTriedAgainByTheScheduleAndThenHasFailed() {
        Webhooks.Made mine = add(acme, "/", EventType.OFFERED);
        shop.script(request -> new Told(500, Map.of(), "out\u0007 of <b>order</b>\u202E"));
        customer(acme, "ada@shop.example");
        serve(acme);
        WebhookDelivery waiting = only(mine);
        assertThat(waiting.state()).isEqualTo(WebhookDelivery.State.WAITING);
        assertThat(waiting.dueAt())
                .isBetween(Instant.now().plusSeconds(3), Instant.now().plusSeconds(7));
        WebhookAttempt attempt = TestTenants.asOwner(
                        acme, () -> log.open(mine.endpoint().id(), waiting.event()))
                .attempts()
                .getFirst();
        assertThat(attempt.status()).isEqualTo(500);
        assertThat(attempt.answer()).isEqualTo("out of <b>order</b>");
        serve(acme);
        assertThat(shop.asked()).as("not before its time").hasSize(1);
        for (int attempts = 1; attempts < 10; attempts++) {
            comeDue();
            serve(acme);
        }
        assertThat(only(mine).state()).isEqualTo(WebhookDelivery.State.FAILED);
        assertThat(only(mine).attempts()).isEqualTo(10);
        comeDue();
        serve(acme);
        assertThat(shop.asked()).hasSize(10);
        assertThat(shop.asked().stream().map(a -> a.headers().get("webhook-id")).distinct())
                .hasSize(1);
        shop.script(request -> Told.of(200));
        assertThat(TestTenants.asOwner(
                        acme, () -> log.failedAgain(mine.endpoint().id())))
                .isEqualTo(1);
        serve(acme);
        assertThat(only(mine).state()).isEqualTo(WebhookDelivery.State.DELIVERED);
    }

    @Test
    void whoIsOverloadedIsLetAloneAsLongAsTheyAsk() {
        Webhooks.Made mine = add(acme, "/", EventType.OFFERED);
        shop.script(request -> new Told(429, Map.of("Retry-After", "120"), ""));
        customer(acme, "ada@shop.example");
        customer(acme, "bob@shop.example");
        serve(acme);
        assertThat(shop.asked()).as("the second is not tried in vain").hasSize(1);
        assertThat(log(mine).getLast().dueAt()).isAfter(Instant.now().plusSeconds(100));
        assertThat(queue.due()).doesNotContain(key(mine));
        comeDue();
        shop.script(request -> Told.of(204));
        serve(acme);
        assertThat(log(mine)).allMatch(d -> d.state() == WebhookDelivery.State.DELIVERED);
    }

    @Test
    void whoIsGoneIsToldNothingMore() {
        Webhooks.Made mine = add(acme, "/", EventType.OFFERED);
        String before = rows.checksum(globex);
        shop.script(request -> Told.of(410));
        customer(acme, "ada@shop.example");
        customer(acme, "bob@shop.example");
        serve(acme);
        assertThat(shop.asked()).hasSize(1);
        assertThat(endpoint(mine).state()).isEqualTo(State.GONE);
        customer(acme, "carl@shop.example");
        assertThat(rows.count(acme, "webhook_event")).isEqualTo(2);
        assertThat(rows.rows(acme, "audit_entry").toString()).contains("webhooks.deed.gave_up");
        assertThat(rows.checksum(globex)).isEqualTo(before);
    }

    @Test
    void whoFailsForDaysIsGivenUpAndCanBeTakenUpAgain() {
        Webhooks.Made mine = add(acme, "/", EventType.OFFERED);
        shop.script(request -> Told.of(500));
        customer(acme, "ada@shop.example");
        serve(acme);
        assertThat(endpoint(mine).failingSince()).isNotNull();
        jdbc.update(
                "UPDATE webhook_endpoint SET failing_since = failing_since - INTERVAL 121 HOUR WHERE tenant_id = ?",
                acme.value());
        comeDue();
        serve(acme);
        assertThat(endpoint(mine).state()).isEqualTo(State.FAILING);
        shop.script(request -> Told.of(200));
        TestTenants.asOwner(acme, () -> webhooks.switchOn(mine.endpoint().id()));
        comeDue();
        serve(acme);
        assertThat(only(mine).state()).isEqualTo(WebhookDelivery.State.DELIVERED);
        assertThat(endpoint(mine).failingSince()).isNull();
    }

    /** As after kill -9: the lease is there, whoever had it is not. */
    @Test
    void whatADeadWorkerHadIsSentByAnotherAndAWorkerThatWokeUpWritesNothing() {
        Webhooks.Made mine = add(acme, "/", EventType.OFFERED);
        customer(acme, "ada@shop.example");
        WebhookQueue.Held dead = queue.take(key(mine)).orElseThrow();
        WebhookQueue.Due due = queue.next(dead).orElseThrow();
        serve(acme);
        assertThat(shop.asked()).as("it is another's").isEmpty();
        jdbc.update(
                "UPDATE webhook_endpoint SET lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE tenant_id = ?",
                acme.value());
        assertThat(queue.due()).contains(key(mine));
        WebhookQueue.Held next = queue.take(key(mine)).orElseThrow();
        WebhookAttempt attempt = new WebhookAttempt(Instant.now(), java.time.Duration.ZERO, 200, null, "", null);
        WebhookQueue.Verdict taken = new WebhookQueue.Verdict(true, null, null, false);
        assertThat(queue.record(dead, due, attempt, taken)).isFalse();
        assertThat(only(mine).state()).isEqualTo(WebhookDelivery.State.WAITING);
        queue.release(dead);
        assertThat(queue.take(key(mine))).as("the dead one let nothing go").isEmpty();
        queue.release(next);
        serve(acme);
        assertThat(only(mine).state()).isEqualTo(WebhookDelivery.State.DELIVERED);
    }

    @Test
    void aRedirectIsAFailure() {
        Webhooks.Made mine = add(acme, "/", EventType.OFFERED);
        shop.script(request ->
                new Told(307, Map.of("Location", shop.url("/elsewhere").toString()), ""));
        customer(acme, "ada@shop.example");
        serve(acme);
        assertThat(shop.asked()).hasSize(1);
        assertThat(only(mine).lastStatus()).isEqualTo(307);
        assertThat(only(mine).state()).isEqualTo(WebhookDelivery.State.WAITING);
    }

    @Test
    void whoMayChangeSettingsIsToldThatAnEndpointWasGivenUpAndNobodyElse() {
        EmailAddress olga = member(acme, "olga", Role.OWNER);
        EmailAddress mia = member(acme, "mia", Role.MARKETER);
        EmailAddress gus = member(globex, "gus", Role.OWNER);
        Webhooks.Made mine = add(acme, "/", EventType.OFFERED);
        shop.script(request -> Told.of(410));
        customer(acme, "ada@shop.example");
        serve(acme);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(TestMail.receivedBy(olga.value())).hasSize(1));
        assertThat(TestMail.receivedBy(olga.value()).getFirst().content().replace("=\r\n", ""))
                .contains("settings/webhooks/" + mine.endpoint().id());
        assertThat(TestMail.receivedBy(mia.value())).isEmpty();
        assertThat(TestMail.receivedBy(gus.value())).isEmpty();
    }

    private EmailAddress member(TenantId tenant, String name, Role role) {
        EmailAddress email = new EmailAddress(name + TimeOrderedIds.next() + "@staff.example");
        accounts.addMember(tenant, accounts.ensureAccount(email, name, "three calm words"), role);
        return email;
    }
}
