package io.perennial.customers;

import io.perennial.accounts.FreshProof;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
@TenantSql("Locks customers and reads proofs; every statement names the current tenant.")
public class Erasures {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final PersonalTables tables;
    private final ErasedPeople erased;
    private final Eraser eraser;

    Erasures(JdbcClient jdbc, PersonalTables tables, ErasedPeople erased, Eraser eraser) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.erased = erased;
        this.eraser = eraser;
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
        Person person =
                lock(tenant, List.of(customer)).stream().findFirst().orElseThrow(() -> new CustomerNotFound(customer));
        String name = ((person.firstName() == null ? "" : person.firstName()) + " "
                        + (person.lastName() == null ? "" : person.lastName()))
                .strip();
        String wanted = person.email() != null
                ? person.email()
                : !name.isEmpty() ? name : person.externalId() != null ? person.externalId() : customer.toString();
        if (!wanted.equalsIgnoreCase(confirmation.strip())) {
            throw new IllegalArgumentException("Not confirmed");
        }
        return eraser.erase(tenant, List.of(person), true).getFirst();
    }

    /**
     * Erases many as {@link #erase} does one, each with a proof of their own; who is no customer here, or not any more, is
     * passed over. The page asked for their number.
     *
     * @param customers at most a thousand
     * @return how many were erased
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:erase')")
    public int eraseAll(Collection<CustomerId> customers) {
        FreshProof.require();
        TenantId tenant = CurrentTenant.require();
        return eraser.erase(tenant, lock(tenant, customers), true).size();
    }

    /**
     * For retention periods: as {@link #eraseAll}, but they asked for nothing, so a file may bring them back when they buy
     * again.
     */
    @Transactional
    void expire(Collection<CustomerId> customers) {
        TenantId tenant = CurrentTenant.require();
        eraser.erase(tenant, lock(tenant, customers), false);
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

    /**
     * For the upkeep: rows that were written about the erased after they were, by what was at work then.
     *
     * @param erasures proofs and of whom they are
     */
    @Transactional
    void sweep(Map<Long, CustomerId> erasures) {
        tables.erase(erasures.values().stream()
                .map(customer -> new Person(customer, null, null, null, null, null))
                .toList());
        jdbc.sql("UPDATE erasure SET swept_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id IN ("
                        + marks(erasures.size()) + ")")
                .param(CurrentTenant.require().value())
                .params(List.copyOf(erasures.keySet()))
                .update();
    }

    /** In the order of their ids, so that two who erase the same people wait for each other. */
    private List<Person> lock(TenantId tenant, Collection<CustomerId> customers) {
        if (customers.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("SELECT id, email, external_id, first_name, last_name, phone FROM customer "
                        + "WHERE tenant_id = ? AND erased_at IS NULL AND id IN (" + marks(customers.size())
                        + ") ORDER BY id FOR UPDATE")
                .param(tenant.value())
                .params(customers.stream().map(CustomerId::value).toList())
                .query((rs, n) -> new Person(
                        new CustomerId(rs.getLong(1)),
                        rs.getString(2),
                        rs.getString(3),
                        rs.getString(4),
                        rs.getString(5),
                        rs.getString(6)))
                .list();
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
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
