package io.perennial.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.NodeEnd;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.outside.LocalWeb;
import io.perennial.outside.LocalWeb.Told;
import io.perennial.support.IntegrationTest;
import io.perennial.tenancy.TenantSecrets;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever has much to tell, or tells somebody slow or dead, does not keep others waiting. */
@IntegrationTest
@TenantSql("Makes a backlog faster than it could happen.")
class WebhookFairnessTest extends HookedShops {

    private static final Logger figures = LoggerFactory.getLogger(WebhookFairnessTest.class);
    private static final int BACKLOG = 100_000;

    @Autowired
    JdbcClient client;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TenantSecrets secrets;

    @Autowired
    WebhookProperties properties;

    @Autowired
    WebhookCaller caller;

    @Autowired
    WebhookEnding ending;

    private final LocalWeb other = new LocalWeb();
    private WebhookWorkers node;

    /** A node with the workers of an installation that nothing was set for, which serves these two shops only. */
    @BeforeEach
    void aNode() {
        WebhookProperties usual = new WebhookProperties(
                true,
                16,
                2,
                Duration.ofSeconds(1),
                properties.lease(),
                properties.retryAfter(),
                properties.disableAfter(),
                properties.overlap(),
                properties.kept());
        WebhookQueue queue = new WebhookQueue(client, transaction, secrets, usual) {
            @Override
            List<Key> due() {
                return super.due().stream()
                        .filter(key -> Set.of(acme, globex).contains(key.tenant()))
                        .toList();
            }
        };
        node = new WebhookWorkers(
                queue,
                caller,
                ending,
                usual,
                new StaticListableBeanFactory().getBeanProvider(WebhookGate.class),
                new NodeEnd());
    }

    @AfterEach
    void stopTheNode() {
        shop.close();
        other.close();
        node.stop();
    }

    private void awaitOthersTen() {
        Awaitility.await().atMost(Duration.ofMinutes(2)).pollInSameThread().until(() -> {
            node.poll();
            return other.asked().size() >= 10;
        });
    }

    private void tenHappenAtTheOther() {
        for (int i = 0; i < 10; i++) {
            customer(globex, "c" + i + "@globex.example");
        }
    }

    @Test
    void aHundredThousandEventsOfOneShopDoNotKeepAnothersTenWaiting() {
        add(acme, "/", Set.of(EventType.CUSTOMER_CREATED));
        add(globex, other, "/", Set.of(EventType.CUSTOMER_CREATED));
        AtomicInteger answered = new AtomicInteger();
        shop.script(asked -> {
            pause(20);
            answered.incrementAndGet();
            return Told.of(204);
        });
        backlog(acme);
        node.poll();
        Awaitility.await().until(() -> !shop.asked().isEmpty());
        tenHappenAtTheOther();
        int before = answered.get();
        long start = System.nanoTime();
        awaitOthersTen();
        figures.info(
                "With {} events waiting, another's ten took {} ms; {} of the many went out meanwhile",
                BACKLOG,
                (System.nanoTime() - start) / 1_000_000,
                answered.get() - before);
        assertThat(answered.get() - before)
                .as("of the 100,000, sent before the other's ten")
                .isLessThan(BACKLOG / 100);
    }

    @Test
    void receiversThatNeverAnswerDoNotKeepAnotherShopsTenWaiting() throws IOException {
        // It takes connections and says nothing: each attempt costs a worker the whole time that a request may take.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.77.0.1"))) {
            String dead = "http://127.77.0.1:" + ((InetSocketAddress) silent.getLocalSocketAddress()).getPort() + "/";
            for (int i = 0; i < Webhooks.MOST; i++) {
                Webhooks.Made made = add(acme, "/" + i, Set.of(EventType.CUSTOMER_CREATED));
                jdbc.update(
                        "UPDATE webhook_endpoint SET url = ? WHERE tenant_id = ? AND id = ?",
                        dead,
                        acme.value(),
                        made.endpoint().id());
            }
            add(globex, other, "/", Set.of(EventType.CUSTOMER_CREATED));
            customer(acme, "ada@shop.example");
            node.poll();
            tenHappenAtTheOther();
            long start = System.nanoTime();
            awaitOthersTen();
            long millis = (System.nanoTime() - start) / 1_000_000;
            figures.info("With ten silent receivers of one shop, another's ten took {} ms", millis);
            assertThat(failed(acme))
                    .as("of the silent ones, given up before the other's ten were through: two workers' at a time")
                    .isLessThanOrEqualTo(2 * (millis / 3_000 + 1));
        }
    }

    private long failed(TenantId tenant) {
        return rows.count(tenant, "webhook_attempt");
    }

    /** Doubles one event until there are enough of it. */
    private void backlog(TenantId tenant) {
        customer(tenant, "ada@shop.example");
        for (int there = 1; there < BACKLOG; there *= 2) {
            int more = Math.min(there, BACKLOG - there);
            long block = TimeOrderedIds.nextBlock(more) - 1;
            jdbc.update(
                    "INSERT INTO webhook_event (tenant_id, id, type, customer_id, at, payload) SELECT tenant_id, "
                            + "? + ROW_NUMBER() OVER (ORDER BY id), type, customer_id, at, payload FROM webhook_event "
                            + "WHERE tenant_id = ? ORDER BY id LIMIT " + more,
                    block,
                    tenant.value());
        }
        jdbc.update(
                "INSERT IGNORE INTO webhook_delivery (tenant_id, endpoint_id, event_id, state, due_at) "
                        + "SELECT e.tenant_id, e.id, v.id, 'WAITING', UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE "
                        + "FROM webhook_endpoint e JOIN webhook_event v ON v.tenant_id = e.tenant_id WHERE e.tenant_id = ?",
                tenant.value());
        assertThat(rows.count(tenant, "webhook_delivery")).isEqualTo(BACKLOG);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
