package io.perennial.accounts;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The businesses of this installation as its operator sees them: from outside. What an operator does about one stands in
 * its own audit log.
 */
@Service
@PreAuthorize("hasAuthority('platform:operate')")
@TenantSql("The operator's list is of all businesses; each change names one.")
public class OperatorBusinesses {

    private static final int LONGEST_REASON = 500;

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final ObjectProvider<BusinessSize> size;

    OperatorBusinesses(JdbcClient jdbc, AuditLog audit, ObjectProvider<BusinessSize> size) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.size = size;
    }

    /**
     * A business from outside.
     *
     * @param customers up to {@link BusinessSize#MOST}, one more for more than that
     */
    public record Listed(
            TenantId tenant,
            String name,
            String country,
            Instant createdAt,
            int people,
            int customers,
            BusinessStanding standing) {}

    /** A business that is no more. */
    public record Removed(String name, @Nullable String askedBy, Instant removedAt, long rows, int people) {}

    /** Which businesses: those whose name has this in it, and only those that do not work. */
    public record Query(String text, boolean onlyStopped) {}

    /** How many there are. */
    @Transactional(readOnly = true)
    public int count(Query query) {
        return jdbc.sql("/* all tenants */ SELECT COUNT(*) FROM business b WHERE " + where(query))
                .param(like(query.text()))
                .query(Integer.class)
                .single();
    }

    /** A page of them, by name. */
    @Transactional(readOnly = true)
    public List<Listed> page(Query query, int offset, int limit) {
        return jdbc
                .sql("/* all tenants */ SELECT b.*, "
                        + "(SELECT COUNT(*) FROM membership m WHERE m.tenant_id = b.id) AS people "
                        + "FROM business b WHERE " + where(query) + " ORDER BY b.name, b.id LIMIT ? OFFSET ?")
                .params(like(query.text()), Math.clamp(limit, 1, 100), Math.max(0, offset))
                .query((rs, n) -> new Listed(
                        new TenantId(rs.getLong("id")),
                        rs.getString("name"),
                        rs.getString("country"),
                        rs.getObject("created_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getInt("people"),
                        0,
                        BusinessStandings.read(rs)))
                .list()
                .stream()
                .map(this::counted)
                .toList();
    }

    private Listed counted(Listed listed) {
        BusinessSize counting = size.getIfAvailable();
        return new Listed(
                listed.tenant(),
                listed.name(),
                listed.country(),
                listed.createdAt(),
                listed.people(),
                counting == null ? 0 : counting.customers(listed.tenant()),
                listed.standing());
    }

    /** The last that were removed for good. */
    @Transactional(readOnly = true)
    public List<Removed> removed() {
        return jdbc.sql("SELECT name, asked_by, removed_at, row_count, people FROM business_removed "
                        + "ORDER BY removed_at DESC LIMIT 20")
                .query((rs, n) -> new Removed(
                        rs.getString(1),
                        rs.getString(2),
                        rs.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getLong(4),
                        rs.getInt(5)))
                .list();
    }

    /**
     * Stops a business: its people only look and export, nothing is sent, no job begins. What its customers do by their
     * links still holds.
     *
     * @param reason in words that its people read
     * @throws StaffRuleException without a reason
     */
    @Transactional
    public void suspend(TenantId tenant, String reason) {
        String why = reason.strip();
        if (why.isEmpty() || why.length() > LONGEST_REASON) {
            throw new StaffRuleException(Rule.REASON_MISSING);
        }
        int changed = jdbc.sql("UPDATE business SET suspended_at = UTC_TIMESTAMP(6), suspended_reason = ? "
                        + "WHERE id = ? AND suspended_at IS NULL")
                .params(why, tenant.value())
                .update();
        if (changed > 0) {
            audit.recordFor(
                    tenant,
                    StaffDeed.SUSPENDED,
                    null,
                    null,
                    AuditChanges.none().and("accounts.suspension.reason", null, why));
        }
    }

    /** Lets a suspended business work again. */
    @Transactional
    public void resume(TenantId tenant) {
        int changed = jdbc.sql("UPDATE business SET suspended_at = NULL, suspended_reason = NULL "
                        + "WHERE id = ? AND suspended_at IS NOT NULL")
                .param(tenant.value())
                .update();
        if (changed > 0) {
            audit.recordFor(tenant, StaffDeed.RESUMED, null, null, AuditChanges.none());
        }
    }

    private static String where(Query query) {
        return "b.name LIKE ? ESCAPE '!'" + (query.onlyStopped() ? " AND NOT " + BusinessStanding.AT_WORK : "");
    }

    private static String like(String text) {
        return '%' + text.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_") + '%';
    }
}
