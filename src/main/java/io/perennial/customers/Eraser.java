package io.perennial.customers;

import io.perennial.accounts.CurrentStaff;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Erases people who are locked, a piece of them in a few statements, with a proof for each. Joins the caller's
 * transaction.
 *
 * @see <a href="../../../../../docs/decisions/0202-erasure.md">0202-erasure.md</a>
 */
@Component
@TenantSql("Blanks customers and writes proofs in sets; every statement names the tenant.")
class Eraser {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final PersonalTables tables;
    private final ErasedPeople erased;
    private final CustomerChanges changes;
    private final Happenings happenings;

    Eraser(
            JdbcClient jdbc,
            JdbcTemplate batches,
            PersonalTables tables,
            ErasedPeople erased,
            CustomerChanges changes,
            Happenings happenings) {
        this.happenings = happenings;
        this.jdbc = jdbc;
        this.batches = batches;
        this.tables = tables;
        this.erased = erased;
        this.changes = changes;
    }

    /**
     * @param forGood whether they asked for it, so that no file brings them back
     * @return the proofs, in the order of the people
     */
    List<Erasure> erase(TenantId tenant, List<Person> people, boolean forGood) {
        if (people.isEmpty()) {
            return List.of();
        }
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        Map<Long, List<Person>> all = withMerged(people);
        List<Person> rows = all.values().stream().flatMap(List::stream).toList();
        long first = TimeOrderedIds.nextBlock(people.size());
        if (forGood) {
            long id = first;
            for (Person person : people) {
                erased.remember(tenant, id++, now, all.getOrDefault(person.id().value(), List.of()));
            }
        }
        Map<Person, SuppressionReason> refusals = forGood ? Map.of() : refusals(tenant, rows);
        ErasedRows counts = tables.erase(rows);
        refusals.forEach((person, reason) -> keepRefusal(tenant, person, reason, now));
        blank(tenant, rows, now);
        List<Long> gone = people.stream().map(person -> person.id().value()).toList();
        changes.note(tenant, Set.of(CustomerAspect.EXISTENCE), gone);
        happenings.tellOf(tenant, EventType.CUSTOMER_ERASED, gone, EventData.Customers::new);
        String by = CurrentStaff.actorName().orElse("Perennial");
        List<Erasure> proofs = new ArrayList<>();
        for (Person person : people) {
            SortedMap<String, Long> own = new TreeMap<>();
            List<Person> same = all.getOrDefault(person.id().value(), List.of());
            same.forEach(one -> counts.of(one).forEach((table, count) -> own.merge(table, count, Long::sum)));
            own.put("customer", (long) same.size());
            proofs.add(new Erasure(first + proofs.size(), person.id(), now.toInstant(ZoneOffset.UTC), by, own));
        }
        keep(tenant, proofs, now);
        return proofs;
    }

    /** Each with whoever was merged into them, who go first. */
    private Map<Long, List<Person>> withMerged(List<Person> people) {
        List<CustomerId> ids = people.stream().map(Person::id).toList();
        Map<Long, List<Person>> merged = tables.mergedInto(ids);
        Map<Long, List<Person>> all = new LinkedHashMap<>();
        for (Person person : people) {
            List<Person> same = new ArrayList<>(merged.getOrDefault(person.id().value(), List.of()));
            same.add(person);
            all.put(person.id().value(), same);
        }
        return all;
    }

    private Map<Person, SuppressionReason> refusals(TenantId tenant, List<Person> people) {
        Map<Person, SuppressionReason> found = new LinkedHashMap<>();
        people.forEach(person -> refusal(tenant, person).ifPresent(reason -> found.put(person, reason)));
        return found;
    }

    /** Why somebody must not be mailed, should a file bring them back: on the list, or said no to a topic. */
    private Optional<SuppressionReason> refusal(TenantId tenant, Person person) {
        return jdbc.sql(
                        "SELECT reason FROM suppression WHERE tenant_id = ? AND email_hash = UNHEX(SHA2(?, 256)) UNION ALL "
                                + "SELECT 'UNSUBSCRIBED' FROM consent WHERE tenant_id = ? AND customer_id = ? "
                                + "AND status = 'WITHDRAWN' LIMIT 1")
                .param(tenant.value())
                .param(person.email() == null ? "" : person.email())
                .params(tenant.value(), person.id().value())
                .query((rs, n) -> SuppressionReason.valueOf(rs.getString(1)))
                .optional();
    }

    /** By its hash only. */
    private void keepRefusal(TenantId tenant, Person person, SuppressionReason reason, LocalDateTime now) {
        if (person.email() != null) {
            jdbc.sql("INSERT IGNORE INTO suppression (tenant_id, email_hash, email, reason, evidence, at) "
                            + "VALUES (?, UNHEX(SHA2(?, 256)), NULL, ?, NULL, ?)")
                    .params(tenant.value(), person.email(), reason.name(), now)
                    .update();
        }
    }

    private void blank(TenantId tenant, Collection<Person> people, LocalDateTime now) {
        jdbc.sql("UPDATE customer SET external_id = NULL, email = NULL, first_name = NULL, last_name = NULL, "
                        + "phone = NULL, gender = NULL, birthday = NULL, city = NULL, country = NULL, locale = NULL, "
                        + "zone = NULL, merged_into = NULL, updated_at = ?, erased_at = ? WHERE tenant_id = ? AND id IN ("
                        + String.join(", ", Collections.nCopies(people.size(), "?")) + ")")
                .params(now, now, tenant.value())
                .params(people.stream().map(person -> person.id().value()).toList())
                .update();
    }

    private void keep(TenantId tenant, List<Erasure> proofs, LocalDateTime now) {
        batches.batchUpdate(
                "INSERT INTO erasure (tenant_id, id, customer_id, at, by_name, counts) VALUES (?, ?, ?, ?, ?, ?)",
                proofs.stream()
                        .map(proof -> new Object[] {
                            tenant.value(),
                            proof.id(),
                            proof.customer().value(),
                            now,
                            proof.by(),
                            JSON.writeValueAsString(proof.rows())
                        })
                        .toList());
    }
}
