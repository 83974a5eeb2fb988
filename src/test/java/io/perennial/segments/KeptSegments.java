package io.perennial.segments;

import io.perennial.customers.Customer;
import io.perennial.customers.Customers;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.JdbcTemplate;

/** For tests of other packages: customers, and segments brought up to date at once. */
@TestComponent
@TenantSql("Puts customers where a test wants them.")
public class KeptSegments {

    private final MembershipWorker worker;
    private final Customers customers;
    private final JdbcTemplate jdbc;

    KeptSegments(MembershipWorker worker, Customers customers, JdbcTemplate jdbc) {
        this.worker = worker;
        this.customers = customers;
        this.jdbc = jdbc;
    }

    /** Looks at everything that waits for a business. */
    public void lookAfter(TenantId tenant) {
        worker.lookAfter(tenant);
    }

    /** A customer before any segment was made. */
    public long customer(TenantId tenant, String firstName, String city) {
        long id = TimeOrderedIds.next();
        jdbc.update(
                "INSERT INTO customer (tenant_id, id, first_name, city, created_at, updated_at) "
                        + "VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
                tenant.value(),
                id,
                firstName,
                city);
        return id;
    }

    /** The customer moves to another city; as somebody who may change customers. */
    public void move(long customer, String city) {
        Customer was = customers.require(new CustomerId(customer));
        customers.save(new Customer(
                was.id(),
                was.externalId(),
                was.email(),
                was.firstName(),
                was.lastName(),
                was.phone(),
                was.gender(),
                was.birthday(),
                city,
                was.country(),
                was.locale(),
                was.zone(),
                was.createdAt()));
    }
}
