package io.perennial.accounts;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whether businesses may work: suspended by an operator, or on the way to their deletion because an owner wants it.
 *
 * @see <a href="../../../../../../docs/decisions/0109-suspension-and-removal.md">0109-suspension-and-removal.md</a>
 */
@Service
@TenantSql("Businesses are the tenants themselves; each statement names one by id.")
public class BusinessStandings {

    /** For how many days an owner can change their mind. */
    public static final int GRACE_DAYS = 14;

    private final JdbcClient jdbc;
    private final AuditLog audit;

    BusinessStandings(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** That of the business being worked in. */
    @Transactional(readOnly = true)
    @PreAuthorize("isAuthenticated()")
    public BusinessStanding current() {
        return of(CurrentTenant.require());
    }

    /** Whether work may be done for a business: asked before a mail is sent or a job begins. */
    @Transactional(readOnly = true)
    public boolean isAtWork(TenantId tenant) {
        return jdbc.sql("SELECT " + BusinessStanding.AT_WORK + " FROM business b WHERE b.id = ?")
                .param(tenant.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /**
     * Asks for the deletion of the business being worked in, with all that it owns, in {@value #GRACE_DAYS} days. From now
     * on nothing is sent.
     *
     * @param typedName the business's name, as a sign that it is meant
     * @throws FreshProof.Needed without a fresh proof of who is at work: all sending stops at once
     * @throws StaffRuleException if the name is another, or it was asked for before
     */
    @Transactional
    @PreAuthorize("hasAuthority('business:own')")
    public Instant askDeletion(String typedName) {
        FreshProof.require();
        TenantId tenant = CurrentTenant.require();
        String name = jdbc.sql("SELECT name FROM business WHERE id = ? FOR UPDATE")
                .param(tenant.value())
                .query(String.class)
                .single();
        if (!name.strip().equals(typedName.strip())) {
            throw new StaffRuleException(Rule.ANOTHER_NAME);
        }
        if (of(tenant).deleteAt() != null) {
            throw new StaffRuleException(Rule.DELETION_ASKED);
        }
        jdbc.sql("UPDATE business SET delete_at = UTC_TIMESTAMP(6) + INTERVAL " + GRACE_DAYS
                        + " DAY, delete_asked_by = ? WHERE id = ?")
                .params(CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial"), tenant.value())
                .update();
        audit.record(StaffDeed.DELETION_ASKED, null, null);
        Instant when = of(tenant).deleteAt();
        return when == null ? Instant.now() : when;
    }

    /**
     * Takes the deletion back; the business works on at once.
     *
     * @throws StaffRuleException if its time has come and it is being removed
     */
    @Transactional
    @PreAuthorize("hasAuthority('business:own')")
    public void restore() {
        TenantId tenant = CurrentTenant.require();
        int restored = jdbc.sql("UPDATE business SET delete_at = NULL, delete_asked_by = NULL "
                        + "WHERE id = ? AND delete_at IS NOT NULL AND delete_beat_at IS NULL")
                .param(tenant.value())
                .update();
        if (restored == 0) {
            throw new StaffRuleException(Rule.TOO_LATE);
        }
        audit.record(StaffDeed.DELETION_TAKEN_BACK, null, null);
    }

    BusinessStanding of(TenantId tenant) {
        return jdbc.sql("SELECT * FROM business WHERE id = ?")
                .param(tenant.value())
                .query((rs, n) -> read(rs))
                .single();
    }

    static BusinessStanding read(ResultSet rs) throws SQLException {
        return new BusinessStanding(
                instant(rs, "suspended_at"),
                rs.getString("suspended_reason"),
                instant(rs, "delete_at"),
                rs.getString("delete_asked_by"));
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        LocalDateTime utc = rs.getObject(column, LocalDateTime.class);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
}
