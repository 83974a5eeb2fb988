package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds whose address it is that asks for mails; who comes by themselves becomes a customer. */
@Component
@TenantSql("Looks up one address and writes one customer; every statement names the current tenant.")
class CustomersByAddress {

    private final JdbcClient jdbc;
    private final ErasedPeople erased;
    private final CustomerChanges changes;
    private final Happenings happenings;

    CustomersByAddress(JdbcClient jdbc, ErasedPeople erased, CustomerChanges changes, Happenings happenings) {
        this.jdbc = jdbc;
        this.erased = erased;
        this.changes = changes;
        this.happenings = happenings;
    }

    /** Whether whoever has an address, or had it, said no to something or was erased. */
    boolean saidNo(EmailAddress email) {
        boolean withdrawn = jdbc.sql(
                        "SELECT 1 FROM customer c JOIN consent k ON k.tenant_id = c.tenant_id "
                                + "AND k.customer_id = c.id AND k.status = 'WITHDRAWN' WHERE c.tenant_id = ? AND c.email = ? LIMIT 1")
                .params(tenant(), email.value())
                .query((rs, n) -> true)
                .optional()
                .isPresent();
        return withdrawn
                || erased.erasedAt(CurrentTenant.require(), email.value(), null).isPresent();
    }

    /** The customer of a request, or the one they were merged into; made where there is none. */
    CustomerId require(ConsentRequest request) {
        return find(request).orElseGet(() -> create(request));
    }

    /** The customer of a request, or the one they were merged into. */
    Optional<CustomerId> find(ConsentRequest request) {
        return jdbc.sql("SELECT COALESCE(merged_into, id) FROM customer WHERE tenant_id = ? AND email = ? "
                        + "AND (erased_at IS NULL OR merged_into IS NOT NULL)")
                .params(tenant(), request.email())
                .query((rs, n) -> new CustomerId(rs.getLong(1)))
                .optional();
    }

    private CustomerId create(ConsentRequest request) {
        erased.forget(CurrentTenant.require(), request.email()); // they came back by themselves
        CustomerId id = new CustomerId(TimeOrderedIds.next());
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        jdbc.sql("INSERT INTO customer (tenant_id, id, email, first_name, locale, created_at, updated_at) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(tenant(), id.value(), request.email())
                .param(request.firstName())
                .params(request.language().getLanguage(), now, now)
                .update();
        jdbc.sql("INSERT INTO customer_summary (tenant_id, customer_id) VALUES (?, ?)")
                .params(tenant(), id.value())
                .update();
        changes.note(CurrentTenant.require(), EnumSet.allOf(CustomerAspect.class), List.of(id.value()));
        happenings.tellOf(
                CurrentTenant.require(), EventType.CUSTOMER_CREATED, List.of(id.value()), EventData.Customers::new);
        return id;
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
