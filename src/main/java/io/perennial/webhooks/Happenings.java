package io.perennial.webhooks;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where features say what happened. An event joins the transaction of what it tells, so that neither is there without the
 * other. Where no endpoint of the business wants it, that is one look into memory: the fast paths of sending and importing
 * call it for every step.
 *
 * @see <a href="../../../../../docs/decisions/1002-webhooks.md">1002-webhooks.md</a>
 */
@Component
@TenantSql("Inserts into an outbox; every statement names the tenant.")
public class Happenings {

    /** An endpoint that another node just made is heard of after so long. */
    private static final long FRESH = Duration.ofSeconds(2).toNanos();

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Map<Long, Heard> known = new ConcurrentHashMap<>();

    Happenings(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    private record Heard(Set<EventType> types, long at) {}

    /** Whether anybody wants to know. */
    public boolean isHeard(TenantId tenant, EventType type) {
        Heard heard = known.get(tenant.value());
        if (heard == null || System.nanoTime() - heard.at() > FRESH) {
            heard = new Heard(asked(tenant), System.nanoTime());
            known.put(tenant.value(), heard);
        }
        return heard.types().contains(type);
    }

    /** Tells of one customer; the event goes with them when they are erased. */
    public void tell(TenantId tenant, EventType type, CustomerId customer, Supplier<? extends EventData> data) {
        if (isHeard(tenant, type)) {
            write(tenant, type, customer.value(), data.get());
        }
    }

    /** Tells of what is about no single customer. */
    public void tell(TenantId tenant, EventType type, Supplier<? extends EventData> data) {
        if (isHeard(tenant, type)) {
            write(tenant, type, null, data.get());
        }
    }

    /** Tells of customers, in events of {@link EventData#MOST} at most. */
    public void tellOf(
            TenantId tenant,
            EventType type,
            Collection<Long> customers,
            Function<List<String>, ? extends EventData> data) {
        if (customers.isEmpty() || !isHeard(tenant, type)) {
            return;
        }
        List<Long> all = List.copyOf(customers);
        for (int from = 0; from < all.size(); from += EventData.MOST) {
            List<Long> some = all.subList(from, Math.min(all.size(), from + EventData.MOST));
            // What is about the erased must not go with them: it is what tells others to forget them, too.
            Long only = some.size() == 1 && type != EventType.CUSTOMER_ERASED ? some.getFirst() : null;
            write(
                    tenant,
                    type,
                    only,
                    data.apply(some.stream().map(String::valueOf).toList()));
        }
    }

    /** Forgets what it knew of a business: an endpoint was changed here. */
    void look(TenantId tenant) {
        known.remove(tenant.value());
    }

    private void write(TenantId tenant, EventType type, @Nullable Long customer, EventData data) {
        long id = insert(tenant, type, customer, data);
        jdbc.sql("INSERT INTO webhook_delivery (tenant_id, endpoint_id, event_id, state, due_at) "
                        + "SELECT tenant_id, id, ?, 'WAITING', UTC_TIMESTAMP(6) FROM webhook_endpoint "
                        + "WHERE tenant_id = ? AND state = 'ENABLED' AND FIND_IN_SET(?, types) > 0")
                .params(id, tenant.value(), type.id())
                .update();
    }

    /** For one endpoint alone, whatever it listens to. */
    long writeFor(TenantId tenant, long endpoint, EventType type, EventData data) {
        long id = insert(tenant, type, null, data);
        jdbc.sql("INSERT INTO webhook_delivery (tenant_id, endpoint_id, event_id, state, due_at) "
                        + "VALUES (?, ?, ?, 'WAITING', UTC_TIMESTAMP(6))")
                .params(tenant.value(), endpoint, id)
                .update();
        return id;
    }

    private long insert(TenantId tenant, EventType type, @Nullable Long customer, EventData data) {
        long id = TimeOrderedIds.next();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        jdbc.sql("INSERT INTO webhook_event (tenant_id, id, type, customer_id, at, payload) VALUES (?, ?, ?, ?, ?, ?)")
                .params(tenant.value(), id, type.id())
                .param(customer)
                .param(LocalDateTime.ofInstant(now, ZoneOffset.UTC))
                .param(json.writeValueAsString(new Event(type.id(), type.version(), now, data)))
                .update();
        return id;
    }

    private Set<EventType> asked(TenantId tenant) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        jdbc.sql("SELECT types FROM webhook_endpoint WHERE tenant_id = ? AND state = 'ENABLED'")
                .param(tenant.value())
                .query(String.class)
                .list()
                .forEach(stored -> types.addAll(EventType.read(stored)));
        return types;
    }
}
