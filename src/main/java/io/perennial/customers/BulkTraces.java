package io.perennial.customers;

import io.perennial.customers.imports.Packed;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What deeds on many changed, kept for as long as they can be undone. Joins the caller's transaction. Who is changed again
 * by hand is taken out, so undoing leaves them alone. Whoever writes here locks the customers' rows first.
 *
 * @see <a href="../../../../../docs/decisions/0217-undoing-bulk-changes.md">0217-undoing-bulk-changes.md</a>
 */
@Component
@TenantSql("Compressed rows beside the jobs that wrote them; each statement names the tenant.")
public class BulkTraces {

    private final JdbcClient jdbc;

    BulkTraces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is packed: the rest stands in columns. */
    private record Packing(
            List<BulkTrace.Former> former, @Nullable String after) {}

    private record Row(long job, long id, BulkTrace trace) {}

    /** Writes down what was changed; nothing where nobody was. */
    public void keep(TenantId tenant, long job, BulkTrace trace) {
        List<Long> customers = trace.customers();
        if (customers.isEmpty()) {
            return;
        }
        jdbc.sql("INSERT INTO bulk_trace (tenant_id, job_id, id, kind, subject, customers_from, customers_to, amount, "
                        + "journal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(tenant.value(), job, TimeOrderedIds.next(), trace.kind().name(), trace.subject())
                .params(Collections.min(customers), Collections.max(customers), customers.size())
                .param(packed(trace))
                .update();
    }

    /** Somebody changed this of these customers otherwise: what deeds on many did to it before is not undone for them. */
    public void changedByHand(TenantId tenant, String subject, Collection<Long> customers) {
        if (customers.isEmpty()) {
            return;
        }
        List<Row> rows = jdbc.sql("SELECT job_id, id, kind, subject, journal FROM bulk_trace WHERE tenant_id = ? "
                        + "AND subject = ? AND customers_from <= ? AND customers_to >= ? FOR UPDATE")
                .params(tenant.value(), subject, Collections.max(customers), Collections.min(customers))
                .query((rs, n) -> row(rs.getLong(1), rs.getLong(2), rs.getString(3), rs.getString(4), rs.getBytes(5)))
                .list();
        rows.forEach(row -> without(tenant, row, Set.copyOf(customers)));
    }

    /** Takes people out who are erased. */
    void eraseFrom(List<Person> people, ErasedRows counted) {
        counted.looked("bulk_trace");
        TenantId tenant = CurrentTenant.require();
        Set<Long> ids =
                people.stream().map(person -> person.id().value()).collect(Collectors.toCollection(HashSet::new));
        record Key(long job, long id) {}
        List<Key> keys = jdbc.sql("SELECT job_id, id FROM bulk_trace WHERE tenant_id = ? AND customers_from <= ? "
                        + "AND customers_to >= ?")
                .params(tenant.value(), Collections.max(ids), Collections.min(ids))
                .query((rs, n) -> new Key(rs.getLong(1), rs.getLong(2)))
                .list();
        for (Key key : keys) { // one at a time is in memory
            find(tenant, key.job(), key.id(), true).ifPresent(trace -> {
                trace.customers().stream().filter(ids::contains).forEach(id -> counted.add(id, "bulk_trace", 1));
                without(tenant, new Row(key.job(), key.id(), trace), ids);
            });
        }
    }

    private void without(TenantId tenant, Row row, Set<Long> customers) {
        BulkTrace others = row.trace().without(customers);
        int amount = others.customers().size();
        if (amount == 0) {
            forget(tenant, row.job(), row.id());
        } else if (amount < row.trace().customers().size()) {
            jdbc.sql("UPDATE bulk_trace SET journal = ?, amount = ? WHERE tenant_id = ? AND job_id = ? AND id = ?")
                    .param(packed(others))
                    .params(amount, tenant.value(), row.job(), row.id())
                    .update();
        }
    }

    /** What is left to undo of a job, the last first. */
    public List<Long> toDo(TenantId tenant, long job) {
        return jdbc.sql("SELECT id FROM bulk_trace WHERE tenant_id = ? AND job_id = ? ORDER BY id DESC")
                .params(tenant.value(), job)
                .query((rs, n) -> rs.getLong(1))
                .list();
    }

    /** How many changes are left to undo of a job. */
    public long amount(TenantId tenant, long job) {
        return jdbc.sql("SELECT COALESCE(SUM(amount), 0) FROM bulk_trace WHERE tenant_id = ? AND job_id = ?")
                .params(tenant.value(), job)
                .query(Long.class)
                .single();
    }

    /** Those of some jobs of which there is something left. */
    public Set<Long> left(TenantId tenant, Collection<Long> jobs) {
        return jobs.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql("SELECT DISTINCT job_id FROM bulk_trace WHERE tenant_id = ? AND job_id IN ("
                                + String.join(",", Collections.nCopies(jobs.size(), "?")) + ")")
                        .param(tenant.value())
                        .params(List.copyOf(jobs))
                        .query((rs, n) -> rs.getLong(1))
                        .list());
    }

    /** @param lock keeps others from changing it until the end of the transaction */
    public Optional<BulkTrace> find(TenantId tenant, long job, long id, boolean lock) {
        return jdbc.sql("SELECT kind, subject, journal FROM bulk_trace WHERE tenant_id = ? AND job_id = ? AND id = ?"
                        + (lock ? " FOR UPDATE" : ""))
                .params(tenant.value(), job, id)
                .query((rs, n) -> row(job, id, rs.getString(1), rs.getString(2), rs.getBytes(3))
                        .trace())
                .optional();
    }

    /** Of whom later jobs changed the same, and were not undone. */
    public Set<Long> changedLater(TenantId tenant, long job, BulkTrace trace) {
        List<Long> customers = trace.customers();
        Set<Long> later = new HashSet<>();
        jdbc.sql("SELECT job_id, id, kind, subject, journal FROM bulk_trace WHERE tenant_id = ? AND subject = ? "
                        + "AND customers_from <= ? AND customers_to >= ? AND job_id > ?")
                .params(tenant.value(), trace.subject(), Collections.max(customers), Collections.min(customers), job)
                .query((rs, n) -> row(rs.getLong(1), rs.getLong(2), rs.getString(3), rs.getString(4), rs.getBytes(5)))
                .list()
                .forEach(row -> later.addAll(row.trace().customers()));
        later.retainAll(Set.copyOf(customers));
        return later;
    }

    /** It was undone, or nobody is left in it. */
    public void forget(TenantId tenant, long job, long id) {
        jdbc.sql("DELETE FROM bulk_trace WHERE tenant_id = ? AND job_id = ? AND id = ?")
                .params(tenant.value(), job, id)
                .update();
    }

    /** Deletes what a business's jobs that ended so long ago could be undone by. */
    public int forget(TenantId tenant, Duration age) {
        return jdbc.sql("DELETE t FROM bulk_trace t JOIN bulk_job j ON j.tenant_id = t.tenant_id AND j.id = t.job_id "
                        + "WHERE t.tenant_id = ? AND j.finished_at < ?")
                .params(tenant.value(), LocalDateTime.now(Clock.systemUTC()).minus(age))
                .update();
    }

    private static byte[] packed(BulkTrace trace) {
        return Packed.of(new Packing(trace.former(), trace.after()));
    }

    private static Row row(long job, long id, String kind, String subject, byte[] journal) {
        Packing packing = Packed.as(Packing.class, journal);
        return new Row(
                job, id, new BulkTrace(BulkTrace.Kind.valueOf(kind), subject, packing.former(), packing.after()));
    }
}
