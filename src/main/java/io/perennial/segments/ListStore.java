package io.perennial.segments;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who was put on lists, by whom and when. Joins the caller's transaction. */
@Component
@TenantSql("Rows come and go in sets, a whole segment at a time; every statement names the tenant.")
class ListStore {

    private final JdbcClient jdbc;

    ListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Customers by id, as a query: those who are customers of this business still. */
    static SqlFragment customers(TenantId tenant, Collection<Long> ids) {
        return new SqlBuilder()
                .add("SELECT c.id FROM customer c WHERE c.tenant_id = ? AND c.erased_at IS NULL", tenant.value())
                .add(" AND c.id IN ")
                .list(List.copyOf(ids))
                .build();
    }

    /** Everybody on a list, as a query. */
    static SqlFragment all(TenantId tenant, SegmentId list) {
        return new SqlFragment(
                "SELECT customer_id AS id FROM segment_listed WHERE tenant_id = ? AND segment_id = ?",
                List.of(tenant.value(), list.value()));
    }

    /** Puts everybody on a list whom a query finds; who is on it stays as they are. Returns how many came. */
    int add(TenantId tenant, SegmentId list, SqlFragment customers, String by, Instant at) {
        List<Object> params = new ArrayList<>(List.of(tenant.value(), list.value(), MembershipStates.utc(at), by));
        params.addAll(customers.params());
        params.addAll(List.of(tenant.value(), list.value()));
        return jdbc.sql("INSERT INTO segment_listed (tenant_id, segment_id, customer_id, added_at, added_by) "
                        + "SELECT ?, ?, q.id, ?, ? FROM (" + customers.sql() + ") q LEFT JOIN segment_listed l "
                        + "ON l.tenant_id = ? AND l.segment_id = ? AND l.customer_id = q.id "
                        + "WHERE l.customer_id IS NULL")
                .params(params)
                .update();
    }

    /** Those of some customers who are on a list. */
    Set<Long> among(TenantId tenant, SegmentId list, Collection<Long> customers) {
        return Set.copyOf(jdbc.sql("SELECT customer_id FROM segment_listed WHERE tenant_id = :tenant "
                        + "AND segment_id = :list AND customer_id IN (:customers)")
                .param("tenant", tenant.value())
                .param("list", list.value())
                .param("customers", customers)
                .query((rs, n) -> rs.getLong(1))
                .list());
    }

    void remove(TenantId tenant, SegmentId list, Collection<Long> customers) {
        jdbc.sql("DELETE FROM segment_listed WHERE tenant_id = :tenant AND segment_id = :list "
                        + "AND customer_id IN (:customers)")
                .param("tenant", tenant.value())
                .param("list", list.value())
                .param("customers", customers)
                .update();
    }

    void forget(TenantId tenant, SegmentId list) {
        jdbc.sql("DELETE FROM segment_listed WHERE tenant_id = ? AND segment_id = ?")
                .params(tenant.value(), list.value())
                .update();
    }

    Optional<ListEntry> entry(TenantId tenant, SegmentId list, CustomerId customer) {
        return jdbc.sql("SELECT added_at, added_by FROM segment_listed "
                        + "WHERE tenant_id = ? AND segment_id = ? AND customer_id = ?")
                .params(tenant.value(), list.value(), customer.value())
                .query((rs, n) ->
                        new ListEntry(rs.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC), rs.getString(2)))
                .optional();
    }
}
