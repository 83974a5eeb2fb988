package io.perennial.customers;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Erases people: what tells who they were is deleted or overwritten everywhere, what the business earned stays without
 * them, and they are known again, by a keyed hash, when a file would bring them back.
 *
 * @see <a href="../../../../../docs/decisions/0202-erasure.md">0202-erasure.md</a>
 */
@Service
@TenantSql("Deletes and overwrites rows of many tables by the customer; every statement names the current tenant.")
public class Erasures {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final PersonalTables tables;
    private final ErasedPeople erased;
    private final CustomerChanges changes;

    Erasures(JdbcClient jdbc, PersonalTables tables, ErasedPeople erased, CustomerChanges changes) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.erased = erased;
        this.changes = changes;
    }

    /** What has to be typed to erase somebody: their address, or else their name. */
    public static String confirmationOf(Customer customer) {
        return customer.email() == null ? customer.displayName() : customer.email();
    }

    /** How many rows there are about somebody, by table. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:erase')")
    public SortedMap<String, Long> preview(CustomerId customer) {
        return tables.count(customer);
    }

    /**
     * Erases a customer. What is in a worker's hands at this moment may still be mailed; nothing else is.
     *
     * @param confirmation as {@link #confirmationOf(Customer)}, in any case
     * @throws CustomerNotFound if there is no such customer here, or not any more
     * @throws IllegalArgumentException if the confirmation is another
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:erase')")
    public Erasure erase(CustomerId customer, String confirmation) {
        FreshProof.require();
        TenantId tenant = CurrentTenant.require();
        Person person = lock(tenant, customer);
        String name = ((person.firstName() == null ? "" : person.firstName()) + " "
                        + (person.lastName() == null ? "" : person.lastName()))
                .strip();
        String wanted = person.email() != null
                ? person.email()
                : !name.isEmpty() ? name : person.externalId() != null ? person.externalId() : customer.toString();
        if (!wanted.equalsIgnoreCase(confirmation.strip())) {
            throw new IllegalArgumentException("Not confirmed");
        }
        return erase(tenant, person, true);
    }

    /**
     * For retention periods: as {@link #erase}, but they asked for nothing, so a file may bring them back when they buy
     * again.
     */
    @Transactional
    void expire(CustomerId customer) {
        TenantId tenant = CurrentTenant.require();
        erase(tenant, lock(tenant, customer), false);
    }

    private Erasure erase(TenantId tenant, Person person, boolean forGood) {
        CustomerId customer = person.id();
        long id = TimeOrderedIds.next();
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        SortedMap<String, Long> rows = new TreeMap<>();
        for (Person one : Stream.concat(tables.mergedInto(customer).stream(), Stream.of(person))
                .toList()) {
            if (forGood) {
                erased.remember(tenant, id, now, one);
            }
            Optional<SuppressionReason> no = forGood ? Optional.empty() : refusal(tenant, one);
            tables.erase(one).forEach((table, count) -> rows.merge(table, count, Long::sum));
            no.ifPresent(reason -> keepRefusal(tenant, one, reason, now));
            rows.merge("customer", (long) blank(tenant, one.id(), now), Long::sum);
        }
        changes.note(tenant, Set.of(CustomerAspect.EXISTENCE), List.of(customer.value()));
        String by = CurrentStaff.actorName().orElse("Perennial");
        jdbc.sql("INSERT INTO erasure (tenant_id, id, customer_id, at, by_name, counts) VALUES (?, ?, ?, ?, ?, ?)")
                .params(tenant.value(), id, customer.value(), now, by, JSON.writeValueAsString(rows))
                .update();
        return new Erasure(id, customer, now.toInstant(ZoneOffset.UTC), by, rows);
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

    /** The proofs, the latest first. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:erase')")
    public List<Erasure> list(long offset, int limit) {
        return jdbc.sql("SELECT id, customer_id, at, by_name, counts FROM erasure WHERE tenant_id = ? "
                        + "ORDER BY id DESC LIMIT ? OFFSET ?")
                .params(CurrentTenant.require().value(), limit, offset)
                .query(Erasures::map)
                .list();
    }

    /** When somebody with this address, or with this number of the shop's, was erased here. */
    @Transactional
    @PreAuthorize("hasAuthority('customer:erase')")
    public Optional<Instant> erasedAt(String emailOrNumber) {
        return erased.erasedAt(CurrentTenant.require(), emailOrNumber, emailOrNumber);
    }

    /** For the upkeep: rows that were written about the erased after they were, by what was at work then. */
    @Transactional
    void sweep(long erasure, CustomerId customer) {
        tables.erase(new Person(customer, null, null, null, null, null));
        jdbc.sql("UPDATE erasure SET swept_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ?")
                .params(CurrentTenant.require().value(), erasure)
                .update();
    }

    private Person lock(TenantId tenant, CustomerId customer) {
        return jdbc.sql("SELECT email, external_id, first_name, last_name, phone FROM customer "
                        + "WHERE tenant_id = ? AND id = ? AND erased_at IS NULL FOR UPDATE")
                .params(tenant.value(), customer.value())
                .query((rs, n) -> new Person(
                        customer, rs.getString(1), rs.getString(2), rs.getString(3), rs.getString(4), rs.getString(5)))
                .optional()
                .orElseThrow(() -> new CustomerNotFound(customer));
    }

    private int blank(TenantId tenant, CustomerId customer, LocalDateTime now) {
        return jdbc.sql(
                        "UPDATE customer SET external_id = NULL, email = NULL, first_name = NULL, last_name = NULL, "
                                + "phone = NULL, gender = NULL, birthday = NULL, city = NULL, country = NULL, locale = NULL, "
                                + "zone = NULL, merged_into = NULL, updated_at = ?, erased_at = ? WHERE tenant_id = ? AND id = ?")
                .params(now, now, tenant.value(), customer.value())
                .update();
    }

    private static Erasure map(ResultSet rs, int row) throws SQLException {
        return new Erasure(
                rs.getLong(1),
                new CustomerId(rs.getLong(2)),
                rs.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                rs.getString(4),
                JSON.readValue(rs.getString(5), new TypeReference<TreeMap<String, Long>>() {}));
    }
}
