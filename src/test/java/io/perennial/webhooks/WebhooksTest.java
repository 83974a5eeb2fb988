package io.perennial.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.customers.Customers;
import io.perennial.customers.Erasures;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportedData;
import io.perennial.customers.records.RecordEntry;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.outside.LocalWeb;
import io.perennial.outside.LocalWeb.Asked;
import io.perennial.outside.LocalWeb.Told;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.WebhookEndpoint.State;
import io.perennial.webhooks.WebhookQueue.Key;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs are told what happens: two shops, a real web server that hears them. */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class WebhooksTest {

    @Autowired
    TestTenants tenants;

    @Autowired
    Webhooks webhooks;

    @Autowired
    WebhookLog log;

    @Autowired
    WebhookWorkers workers;

    @Autowired
    WebhookQueue queue;

    @Autowired
    WebhookUpkeep upkeep;

    @Autowired
    RecordEntry entry;

    @Autowired
    Customers customers;

    @Autowired
    Erasures erasures;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    ImportedData rows;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final LocalWeb shop = new LocalWeb();
    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoShops() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @AfterEach
    void stop() {
        shop.close();
    }

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

    /** The example of the standard's own libraries. */
    @Test
    void signaturesAreThoseOfTheStandard() {
        WebhookSecret secret = WebhookSecret.of(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(WebhookSecret.random().reveal()).matches("whsec_[A-Za-z0-9+/]{43}=");
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
        TestTenants.asOwner(acme, () -> customers.saveTags(new CustomerId(bob), List.of("vip")));
        assertThat(rows.count(acme, "webhook_event")).isEqualTo(1);
        customer(globex, "ada@globex.example");
        assertThat(rows.count(globex, "webhook_event")).isZero();
    }

    @Test
    void anEventGoesOutInOrder() {
        Webhooks.Made mine = add(acme, "/", EventType.OFFERED);
        long ada = customer(acme, "ada@shop.example");
        TestTenants.asOwner(acme, () -> customers.saveTags(new CustomerId(ada), List.of("vip")));
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
    void afterARotationBothSecretsSignForAWhile() {
        Webhooks.Made first = add(acme, "/", EventType.OFFERED);
        Webhooks.Made second = TestTenants.asOwner(
                acme, () -> webhooks.replaceSecret(first.endpoint().id()));
        assertThat(second.secret()).isNotEqualTo(first.secret());
        customer(acme, "ada@shop.example");
        serve(acme);
        Asked asked = shop.asked().getFirst();
        assertThat(asked.headers().get("webhook-signature"))
                .isEqualTo(signature(second.secret(), asked) + " " + signature(first.secret(), asked));
        jdbc.update(
                "UPDATE webhook_endpoint SET old_secret_until = UTC_TIMESTAMP(6) WHERE tenant_id = ?", acme.value());
        customer(acme, "bob@shop.example");
        serve(acme);
        Asked later = shop.asked().getLast();
        assertThat(later.headers().get("webhook-signature")).isEqualTo(signature(second.secret(), later));
        assertThat(rows.rows(acme, "webhook_endpoint").toString())
                .doesNotContain(first.secret().reveal().substring(6));
        assertThat(second.secret().toString()).isEqualTo("whsec_…");
    }

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

    private Webhooks.Made add(TenantId tenant, String path, Set<EventType> types) {
        return TestTenants.asOwner(tenant, () -> webhooks.add(shop.url(path).toString(), "The shop", types));
    }

    private long customer(TenantId tenant, String email) {
        TestTenants.asOwner(tenant, () -> entry.putCustomer("test", Map.of(ImportField.EMAIL, email)));
        return jdbc.queryForObject(
                "SELECT id FROM customer WHERE tenant_id = ? AND email = ?", Long.class, tenant.value(), email);
    }

    private void serve(TenantId tenant) {
        Stream.of(tenant)
                .flatMap(t -> TestTenants.asOwner(t, () -> webhooks.list()).stream())
                .forEach(endpoint -> workers.serve(new Key(tenant, endpoint.id())));
    }

    private void comeDue() {
        jdbc.update(
                "UPDATE webhook_delivery SET due_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND due_at IS NOT NULL",
                acme.value());
        jdbc.update("UPDATE webhook_endpoint SET paused_until = NULL WHERE tenant_id = ?", acme.value());
    }

    private Key key(Webhooks.Made made) {
        return new Key(acme, made.endpoint().id());
    }

    private WebhookEndpoint endpoint(Webhooks.Made made) {
        return TestTenants.asOwner(acme, () -> webhooks.require(made.endpoint().id()));
    }

    private List<WebhookDelivery> log(Webhooks.Made made) {
        return TestTenants.asOwner(acme, () -> log.page(made.endpoint().id(), null, PageRequest.ofSize(50)));
    }

    private WebhookDelivery only(Webhooks.Made made) {
        assertThat(log(made)).hasSize(1);
        return log(made).getFirst();
    }

    private static String signature(WebhookSecret secret, Asked asked) {
        return secret.sign(
                asked.headers().get("webhook-id"),
                Long.parseLong(asked.headers().get("webhook-timestamp")),
                asked.body());
    }
}
