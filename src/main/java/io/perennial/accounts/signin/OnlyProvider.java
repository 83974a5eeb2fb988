package io.perennial.accounts.signin;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * That a business lets its people in by one OpenID provider only: neither by a password nor by another provider.
 *
 * @see WaysIn
 * @see <a href="../../../../../../../docs/decisions/0115-only-by-a-provider.md">0115-only-by-a-provider.md</a>
 */
@Service
@TenantSql("What a business asks of its people, and who of them is connected; each statement names the business by id.")
public class OnlyProvider {

    /** @param connected of all {@code people}, who have connected an account at the provider */
    public record Coverage(int people, int connected) {}

    private final JdbcClient jdbc;
    private final Providers providers;
    private final AuditLog audit;

    OnlyProvider(JdbcClient jdbc, Providers providers, AuditLog audit) {
        this.jdbc = jdbc;
        this.providers = providers;
        this.audit = audit;
    }

    /** The id of the provider that the business being worked in asks for, or its address where that is gone; empty for none. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('staff:manage')")
    public Optional<String> here() {
        return Optional.ofNullable(issuerHere())
                .map(each -> providers.idOf(each).orElse(each));
    }

    /** How many of the people of this business have connected an account at this provider. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('staff:manage')")
    public Coverage coverage(String provider) {
        return jdbc.sql(
                        "SELECT COUNT(*), COALESCE(SUM(EXISTS (SELECT 1 FROM staff_identity i "
                                + "WHERE i.account_id = m.account_id AND i.issuer = ?)), 0) FROM membership m WHERE m.tenant_id = ?")
                .params(
                        providers.issuerOf(provider).orElse(""),
                        CurrentTenant.require().value())
                .query((rs, n) -> new Coverage(rs.getInt(1), rs.getInt(2)))
                .single();
    }

    /** Whether the one signed in came by this provider. */
    @Transactional(readOnly = true)
    @PreAuthorize("isAuthenticated()")
    public boolean iCameBy(String provider) {
        return providers
                .issuerOf(provider)
                .filter(issuer -> SignInDetails.current()
                        .map(details -> issuer.equals(details.issuer()))
                        .orElse(false))
                .isPresent();
    }

    /**
     * Lets people into the business being worked in by this provider only, or by any way again. Sessions that came otherwise
     * end at their next request, on every node.
     *
     * @param provider null for any way
     * @throws StaffRuleException if there is no such provider, or the one who asks for it came in by another way
     */
    @Transactional
    @PreAuthorize("hasAuthority('business:own')")
    public void require(@Nullable String provider) {
        FreshProof.require();
        String issuer = provider == null
                ? null
                : providers.issuerOf(provider).orElseThrow(() -> new StaffRuleException(Rule.PROVIDER_GONE));
        if (provider != null && !iCameBy(provider)) {
            throw new StaffRuleException(Rule.PROVIDER_FIRST);
        }
        // The row is the lock, as for everything that is done about a business's people.
        String before = jdbc.sql("SELECT COALESCE(only_issuer, '') FROM business WHERE id = ? FOR UPDATE")
                .param(CurrentTenant.require().value())
                .query(String.class)
                .single();
        if (before.equals(Objects.requireNonNullElse(issuer, ""))) {
            return;
        }
        jdbc.sql("UPDATE business SET only_issuer = ? WHERE id = ?")
                .param(issuer)
                .param(CurrentTenant.require().value())
                .update();
        audit.record(
                issuer == null ? SignInDeed.PROVIDER_OPTIONAL : SignInDeed.PROVIDER_REQUIRED,
                null,
                null,
                AuditChanges.none()
                        .and(
                                "accounts.only.field",
                                before.isEmpty() ? null : providers.nameOf(before),
                                issuer == null ? null : providers.nameOf(issuer)));
    }

    /** Whether the one signed in works in a business that asks for the provider of this issuer. */
    boolean needsIssuer(String issuer) {
        return jdbc.sql("SELECT COUNT(*) FROM membership m JOIN business b ON b.id = m.tenant_id "
                                + "WHERE m.account_id = ? AND b.only_issuer = ?")
                        .params(CurrentStaff.find().orElseThrow().accountId(), issuer)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private @Nullable String issuerHere() {
        return jdbc.sql("SELECT COALESCE(only_issuer, '') FROM business WHERE id = ?")
                .param(CurrentTenant.require().value())
                .query(String.class)
                .optional()
                .filter(each -> !each.isEmpty())
                .orElse(null);
    }
}
