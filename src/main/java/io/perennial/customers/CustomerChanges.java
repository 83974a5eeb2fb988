package io.perennial.customers;

import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who changed, told by whatever writes customers and read by whatever keeps something derived from them (which customers
 * are in a segment). A note joins the transaction of the change, so that neither is there without the other. Many
 * customers make one row, so that noting costs an import next to nothing.
 *
 * @see <a href="../../../../../docs/decisions/0305-kept-membership.md">0305-kept-membership.md</a>
 */
@Component
@TenantSql("A queue beside the customers; each row by tenant. Which tenants have rows is read over all of them by"
        + " workers, which open a scope for each.")
public class CustomerChanges {

    /** Customers in a row at most: 400 KB. */
    private static final int MOST = 50_000;

    /** Of what programs outside are told; consent, suppression and coming and going have events of their own. */
    private static final Set<CustomerAspect> TOLD = EnumSet.copyOf(CustomerAspect.PROFILE);

    static {
        TOLD.add(CustomerAspect.ATTRIBUTES);
        TOLD.add(CustomerAspect.TAGS);
    }

    private final JdbcClient jdbc;
    private final Happenings happenings;

    CustomerChanges(JdbcClient jdbc, Happenings happenings) {
        this.jdbc = jdbc;
        this.happenings = happenings;
    }

    /** What another server shows of the same, for reading. */
    public CustomerChanges at(JdbcClient server) {
        return new CustomerChanges(server, happenings);
    }

    /** Notes that this may have changed of these customers. Noting too much costs time only, noting too little is wrong. */
    public void note(TenantId tenant, Set<CustomerAspect> aspects, Collection<Long> customers) {
        List<Long> all = aspects.isEmpty() ? List.of() : new ArrayList<>(customers);
        for (int from = 0; from < all.size(); from += MOST) {
            List<Long> some = all.subList(from, Math.min(all.size(), from + MOST));
            ByteBuffer packed = ByteBuffer.allocate(Long.BYTES * some.size());
            some.forEach(packed::putLong);
            insert(tenant, aspects, some.size(), packed.array());
        }
        if (!aspects.contains(CustomerAspect.EXISTENCE) && !Collections.disjoint(aspects, TOLD)) {
            happenings.tellOf(tenant, EventType.CUSTOMER_UPDATED, all, EventData.Customers::new);
        }
    }

    /** Notes that this may have changed of anybody. */
    public void noteAll(TenantId tenant, Set<CustomerAspect> aspects) {
        insert(tenant, aspects, 0, null);
    }

    private void insert(TenantId tenant, Set<CustomerAspect> aspects, int amount, byte @Nullable [] customers) {
        jdbc.sql("INSERT INTO customer_change (tenant_id, id, aspects, amount, customers) VALUES (?, ?, ?, ?, ?)")
                .params(tenant.value(), TimeOrderedIds.next(), CustomerAspect.bits(aspects), amount)
                .param(customers)
                .update();
    }

    /** The businesses with changes that were not looked at yet. */
    public List<TenantId> waiting() {
        return jdbc.sql("/* all tenants */ SELECT DISTINCT tenant_id FROM customer_change")
                .query((rs, n) -> new TenantId(rs.getLong(1)))
                .list();
    }

    /** How much waits for a business. */
    public Backlog backlog(TenantId tenant) {
        return jdbc.sql("SELECT COUNT(*), COALESCE(SUM(amount), 0), MIN(id), MAX(id) FROM customer_change "
                        + "WHERE tenant_id = ?")
                .param(tenant.value())
                .query((rs, n) -> new Backlog(rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getLong(4)))
                .single();
    }

    /**
     * What waits for a business.
     *
     * @param notes how many rows
     * @param customers how many they name; one named twice counts twice
     * @param first the id of the oldest, as {@link TimeOrderedIds} makes them
     * @param last the id of the newest
     */
    public record Backlog(long notes, long customers, long first, long last) {}

    /** The notes up to one, with the customers they name; those of everybody are left out. */
    public List<CustomerChange> named(TenantId tenant, long upTo) {
        return jdbc.sql("SELECT id, aspects, amount, customers FROM customer_change WHERE tenant_id = ? AND id <= ? "
                        + "AND customers IS NOT NULL ORDER BY id")
                .params(tenant.value(), upTo)
                .query((rs, n) -> new CustomerChange(
                        rs.getLong(1), CustomerAspect.of(rs.getLong(2)), rs.getInt(3), unpacked(rs.getBytes(4))))
                .list();
    }

    /**
     * Whom the notes name of which some of these aspects may have changed.
     *
     * @return nothing where they name more than {@code most}, or everybody
     */
    public Optional<Set<Long>> waiting(TenantId tenant, Set<CustomerAspect> aspects, int most) {
        long bits = CustomerAspect.bits(aspects);
        boolean few = jdbc.sql("SELECT COALESCE(SUM(amount), 0) <= ? FROM customer_change WHERE tenant_id = ? "
                        + "AND aspects & ? <> 0")
                .params(most, tenant.value(), bits)
                .query(Boolean.class)
                .single();
        if (!few) {
            return Optional.empty();
        }
        List<Optional<byte[]>> notes = jdbc.sql(
                        "SELECT customers FROM customer_change WHERE tenant_id = ? AND aspects & ? <> 0")
                .params(tenant.value(), bits)
                .query((rs, n) -> Optional.ofNullable(rs.getBytes(1)))
                .list();
        Set<Long> all = new HashSet<>();
        notes.forEach(packed -> packed.ifPresent(ids -> all.addAll(unpacked(ids))));
        boolean named = notes.stream().allMatch(Optional::isPresent);
        return named && all.size() <= most ? Optional.of(all) : Optional.empty();
    }

    /** What of whom waits up to a note, without the customers. */
    public List<CustomerChange> aspectsWaiting(TenantId tenant, long upTo) {
        return jdbc.sql("SELECT id, aspects, amount FROM customer_change WHERE tenant_id = ? AND id <= ?")
                .params(tenant.value(), upTo)
                .query((rs, n) ->
                        new CustomerChange(rs.getLong(1), CustomerAspect.of(rs.getLong(2)), rs.getInt(3), List.of()))
                .list();
    }

    /** Takes notes away that were looked at; by id, as another may have come in between with a smaller one. */
    public void forget(TenantId tenant, Collection<CustomerChange> changes) {
        List<Long> ids = changes.stream().map(CustomerChange::id).toList();
        for (int from = 0; from < ids.size(); from += 1_000) {
            jdbc.sql("DELETE FROM customer_change WHERE tenant_id = :tenant AND id IN (:ids)")
                    .param("tenant", tenant.value())
                    .param("ids", ids.subList(from, Math.min(ids.size(), from + 1_000)))
                    .update();
        }
    }

    private static List<Long> unpacked(byte[] packed) {
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        List<Long> ids = new ArrayList<>(packed.length / Long.BYTES);
        while (buffer.hasRemaining()) {
            ids.add(buffer.getLong());
        }
        return ids;
    }
}
