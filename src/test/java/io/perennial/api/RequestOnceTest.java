package io.perennial.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.customers.ImportedData;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What is asked several times, or at the same time, happens once. */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class RequestOnceTest {

    @Autowired
    ApplicationContext application;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData rows;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    ApiClient programs;
    TenantId acme;
    TenantId globex;
    ApiKeys.Made key;
    ApiKeys.Made foreign;

    @BeforeEach
    void twoShopsWithKeys() {
        programs = application.getAutowireCapableBeanFactory().createBean(ApiClient.class);
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        key = programs.key(acme);
        foreign = programs.key(globex);
    }

    @Test
    void aNamedRequestHappensOnceAndIsAnsweredAlike() {
        String name = "n" + TimeOrderedIds.next();
        String body = "{\"email\":\"ada@shop.example\"}";
        ApiClient.Answer first = programs.send(key, HttpMethod.POST, "/customers", body, name);
        ApiClient.Answer again = programs.send(key, HttpMethod.POST, "/customers", body, name);
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).as("not 200, as a second upsert would be").isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        ApiClient.Answer other =
                programs.send(key, HttpMethod.POST, "/customers", "{\"email\":\"b@shop.example\"}", name);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body().get("type").asString()).endsWith("idempotency-key-reused");
        ApiKeys.Made another = programs.key(acme);
        assertThat(programs.send(another, HttpMethod.POST, "/customers", body, name)
                        .status())
                .as("another program's answer")
                .isEqualTo(422);
        assertThat(programs.send(foreign, HttpMethod.POST, "/customers", body, name)
                        .status())
                .as("another business's name")
                .isEqualTo(201);
    }

    @Test
    void whatWasRefusedIsNotRemembered() {
        String name = "n" + TimeOrderedIds.next();
        assertThat(programs.send(key, HttpMethod.POST, "/customers", "{\"locale\":\"cs\"}", name)
                        .status())
                .isEqualTo(422);
        assertThat(programs.send(key, HttpMethod.POST, "/customers", "{\"externalId\":\"c\"}", name)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aRequestIsOneTransaction() {
        ApiClient.Answer refused = programs.post(
                key, "/customers", "{\"externalId\":\"c\",\"tags\":[\"vip\"],\"attributes\":{\"none\":1}}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(rows.count(acme, "customer")).isZero();
    }

    @Test
    void theSameRequestAtTheSameTimeIsToldToWait() throws Exception {
        programs.post(key, "/customers", "{\"externalId\":\"c\"}");
        String name = "n" + TimeOrderedIds.next();
        String body = "{\"externalId\":\"c\",\"city\":\"Brno\"}";
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            // Whoever holds the customer's row holds up the first request in the midst of its work.
            Future<?> holder = threads.submit(() -> transaction.executeWithoutResult(status -> {
                jdbc.queryForList("SELECT id FROM customer WHERE tenant_id = ? FOR UPDATE", acme.value());
                held.countDown();
                await(done);
            }));
            await(held);
            Future<ApiClient.Answer> working =
                    threads.submit(() -> programs.send(key, HttpMethod.POST, "/customers", body, name));
            try {
                Awaitility.await().until(() -> isLocked());
                ApiClient.Answer second = programs.send(key, HttpMethod.POST, "/customers", body, name);
                assertThat(second.status()).isEqualTo(409);
                assertThat(second.body().get("type").asString()).endsWith("in-progress");
                assertThat(second.header("Retry-After")).isEqualTo("1");
            } finally {
                done.countDown();
            }
            assertThat(working.get().status()).isEqualTo(200);
            holder.get();
        }
        ApiClient.Answer third = programs.send(key, HttpMethod.POST, "/customers", body, name);
        assertThat(third.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(rows.count(acme, "customer")).isEqualTo(1);
    }

    @Test
    void manyAtOnceMakeOneCustomer() throws Exception {
        List<Future<ApiClient.Answer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 12; i++) {
                answers.add(threads.submit(
                        () -> programs.post(key, "/customers", "{\"email\":\"ada@shop.example\",\"city\":\"Brno\"}")));
            }
        }
        int made = 0;
        for (Future<ApiClient.Answer> answer : answers) {
            assertThat(answer.get().status()).isIn(200, 201);
            made += answer.get().status() == 201 ? 1 : 0;
        }
        assertThat(made).isEqualTo(1);
        assertThat(rows.count(acme, "customer")).isEqualTo(1);
    }

    private boolean isLocked() {
        return rows.count(acme, "api_request") == 1
                && jdbc.queryForList(
                                "SELECT 1 FROM api_request WHERE tenant_id = ? FOR UPDATE SKIP LOCKED", acme.value())
                        .isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
