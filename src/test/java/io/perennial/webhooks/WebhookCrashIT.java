package io.perennial.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.TenantId;
import io.perennial.outside.LocalWeb.Asked;
import io.perennial.outside.LocalWeb.Told;
import io.perennial.support.ChildProcess;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestDatabase;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that send webhooks, as real processes: killed by a real {@code kill -9} in the middle of it, and two at once. */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class WebhookCrashIT extends HookedShops {

    private static final int EVENTS = 60;
    private static final int KILLS = 4;

    private final List<ChildProcess> nodes = new ArrayList<>();
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final Set<String> twiceAtOnce = ConcurrentHashMap.newKeySet();

    @AfterEach
    void killAll() {
        nodes.forEach(ChildProcess::kill);
    }

    private ChildProcess launch() {
        ChildProcess node = ChildProcess.of(HookChild.class.getName())
                .with(TestDatabase.properties())
                .with(List.of(
                        "perennial.webhooks.lease=3s",
                        "perennial.outside.timeout=1s",
                        "perennial.outside.allowed-networks=127.77.0.0/16",
                        "perennial.installation.guarded=false"))
                .start();
        nodes.add(node);
        return node;
    }

    private void happen(TenantId tenant) {
        for (int i = 0; i < EVENTS; i++) {
            customer(tenant, "c" + i + "@shop.example");
        }
    }

    private long waiting() {
        return jdbc.queryForObject(
                "SELECT COUNT(*) FROM webhook_delivery WHERE tenant_id IN (?, ?) AND state <> 'DELIVERED'",
                Long.class,
                acme.value(),
                globex.value());
    }

    private void awaitAll(ChildProcess node) {
        node.await(await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(100)), () -> waiting() == 0);
    }

    private List<Asked> of(TenantId tenant) {
        String path = tenant.equals(acme) ? "/acme" : "/globex";
        return shop.asked().stream().filter(asked -> asked.path().equals(path)).toList();
    }

    private Set<String> happened(TenantId tenant) {
        return new HashSet<>(jdbc.queryForList(
                "SELECT CONCAT('msg_', id) FROM webhook_event WHERE tenant_id = ?", String.class, tenant.value()));
    }

    private static String id(Asked asked) {
        return asked.headers().get("webhook-id");
    }

    @Test
    void killedInTheMiddleOfItEveryEventComesAtLeastOnceUnderItsOneId() throws InterruptedException {
        add(acme, "/acme", Set.of(EventType.CUSTOMER_CREATED));
        add(globex, "/globex", Set.of(EventType.CUSTOMER_CREATED));
        happen(acme);
        happen(globex);
        Random random = new Random(1);
        AtomicInteger untilKill = new AtomicInteger();
        Set<String> heardAndUnanswered = ConcurrentHashMap.newKeySet();
        shop.script(asked -> {
            if (untilKill.get() > 0 && untilKill.decrementAndGet() == 0) {
                nodes.getLast().kill();
                heardAndUnanswered.add(id(asked));
            }
            return Told.of(204);
        });
        for (int i = 0; i < KILLS; i++) {
            untilKill.set(2 + random.nextInt(20));
            launch().awaitEnd(Duration.ofMinutes(3));
        }
        awaitAll(launch());
        for (TenantId tenant : List.of(acme, globex)) {
            Map<String, List<Asked>> byId = of(tenant).stream().collect(Collectors.groupingBy(WebhookCrashIT::id));
            assertThat(byId.keySet()).as("none is lost, none is new").isEqualTo(happened(tenant));
            byId.values()
                    .forEach(same -> assertThat(same.stream().map(Asked::body).distinct())
                            .as("the same event under the same id")
                            .hasSize(1));
        }
        assertThat(heardAndUnanswered)
                .hasSize(KILLS)
                .allSatisfy(unanswered -> assertThat(
                                shop.asked().stream().filter(asked -> id(asked).equals(unanswered)))
                        .as("sent again, since nobody knows that it was heard")
                        .hasSizeGreaterThan(1));
        assertThat(shop.asked().size())
                .as("and no other but what was under way to either endpoint")
                .isLessThanOrEqualTo(2 * EVENTS + 2 * KILLS);
    }

    @Test
    void twoNodesServeOneEndpointOneAfterTheOther() {
        add(acme, "/acme", Set.of(EventType.CUSTOMER_CREATED));
        add(globex, "/globex", Set.of(EventType.CUSTOMER_CREATED));
        happen(acme);
        happen(globex);
        shop.script(asked -> {
            AtomicInteger now = underWay.computeIfAbsent(asked.path(), path -> new AtomicInteger());
            if (now.incrementAndGet() > 1) {
                twiceAtOnce.add(id(asked));
            }
            pause(5); // long enough for another one to come, if another one would
            now.decrementAndGet();
            return Told.of(204);
        });
        launch();
        awaitAll(launch());
        assertThat(twiceAtOnce)
                .as("sent while another was under way to the same endpoint")
                .isEmpty();
        assertThat(shop.asked().stream().map(WebhookCrashIT::id)).doesNotHaveDuplicates();
        for (TenantId tenant : List.of(acme, globex)) {
            assertThat(of(tenant).stream().map(WebhookCrashIT::id)).isSorted().hasSize(EVENTS);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
