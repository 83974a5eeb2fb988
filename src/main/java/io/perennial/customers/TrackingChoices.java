package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who does not want to be tracked: nothing is recorded of their opens and clicks. Who never said anything is tracked. */
@Service
@TenantSql("One row for each who ever chose, read by delivery for whole chunks; there is no entity to load.")
public class TrackingChoices {

    private final JdbcClient jdbc;

    TrackingChoices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What was chosen last, if anything. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<TrackingChoice> find(CustomerId customer) {
        return read(customer);
    }

    /** Staff note what the customer told them. */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public void change(CustomerId customer, boolean allowed, Evidence evidence) {
        write(customer, allowed, evidence);
    }

    /** For the customer's own page. */
    @Transactional(readOnly = true)
    public boolean isAllowed(CustomerId customer) {
        return read(customer).map(TrackingChoice::allowed).orElse(true);
    }

    /** The customer chose on a page of their own. */
    @Transactional
    public void changeByCustomer(CustomerId customer, boolean allowed, Evidence evidence) {
        write(customer, allowed, evidence);
    }

    private Optional<TrackingChoice> read(CustomerId customer) {
        return jdbc.sql("SELECT allowed, at, source FROM customer_tracking WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant(), customer.value())
                .query((rs, n) -> new TrackingChoice(
                        rs.getBoolean(1),
                        rs.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getString(3)))
                .optional();
    }

    private void write(CustomerId customer, boolean allowed, Evidence evidence) {
        if (read(customer).map(TrackingChoice::allowed).orElse(true) == allowed) {
            return; // nothing new, and what they said first is the proof
        }
        int written = jdbc.sql("INSERT INTO customer_tracking (tenant_id, customer_id, allowed, at, source) "
                        + "SELECT tenant_id, id, ?, ?, ? FROM customer WHERE tenant_id = ? AND id = ? "
                        + "ON DUPLICATE KEY UPDATE allowed = VALUES(allowed), at = VALUES(at), source = VALUES(source)")
                .params(allowed, LocalDateTime.now(Clock.systemUTC()), evidence.source(), tenant(), customer.value())
                .update();
        if (written == 0) {
            throw new CustomerNotFound(customer);
        }
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
