package io.perennial.accounts.signin;

import io.perennial.accounts.Membership;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which of a person's businesses open to who came in like this. A business that lets people in by one provider only opens
 * to nobody else but its owners by a passkey, so that a provider that is gone shuts nobody out for ever.
 *
 * @see OnlyProvider
 */
@Component
@TenantSql("Asked while somebody comes in, before a business is chosen; each statement names one by id.")
public class WaysIn {

    private final JdbcClient jdbc;
    private final Providers providers;

    WaysIn(JdbcClient jdbc, Providers providers) {
        this.jdbc = jdbc;
        this.providers = providers;
    }

    /** Whether the business this person works in opens to a session that began so. */
    public boolean opens(SignInDetails details, StaffPrincipal staff) {
        return opens(onlyIssuer(staff.tenant()), details, staff);
    }

    private static boolean opens(@Nullable String only, SignInDetails details, StaffPrincipal staff) {
        return only == null || only.equals(details.issuer()) || isOwnersPasskey(details, staff);
    }

    static boolean isOwnersPasskey(SignInDetails details, StaffPrincipal staff) {
        return details.byPasskey() && staff.current().staffRole().isOwner();
    }

    /**
     * The person in the first of their businesses that opens.
     *
     * @param wanted to be tried before the others; 0 for none
     * @return empty if none does
     */
    public Optional<StaffPrincipal> firstOpen(SignInDetails details, StaffPrincipal staff, long wanted) {
        Map<Long, String> asked = onlyIssuersOf(staff);
        Stream<StaffPrincipal> preferred = staff.memberships().stream()
                .filter(each -> each.tenantId() == wanted)
                .map(each -> staff.in(each.tenant()));
        Stream<StaffPrincipal> others =
                staff.memberships().stream().map(Membership::tenant).map(staff::in);
        return Stream.of(preferred, Stream.of(staff), others)
                .flatMap(each -> each)
                .filter(each -> opens(asked.get(each.tenant().value()), details, each))
                .findFirst();
    }

    /** The configured provider that the business this person works in asks for; empty for any way, or one that is gone. */
    public Optional<String> askedFor(StaffPrincipal staff) {
        return Optional.ofNullable(onlyIssuer(staff.tenant())).flatMap(providers::idOf);
    }

    /** Whether the business this person works in asks for one provider, of whatever name. */
    boolean hasOnly(StaffPrincipal staff) {
        return onlyIssuer(staff.tenant()) != null;
    }

    /** Of all their businesses that ask for one, in one reading: some people have many. */
    private Map<Long, String> onlyIssuersOf(StaffPrincipal staff) {
        Map<Long, String> issuers = new HashMap<>();
        jdbc.sql("SELECT b.id, b.only_issuer FROM membership m JOIN business b ON b.id = m.tenant_id "
                        + "WHERE m.account_id = ? AND b.only_issuer IS NOT NULL")
                .param(staff.accountId())
                .query(rs -> {
                    issuers.put(rs.getLong(1), rs.getString(2));
                });
        return issuers;
    }

    private @Nullable String onlyIssuer(TenantId tenant) {
        return jdbc.sql("SELECT only_issuer FROM business WHERE id = ?")
                .param(tenant.value())
                .query((rs, n) -> Optional.ofNullable(rs.getString(1)))
                .optional()
                .flatMap(each -> each)
                .orElse(null);
    }
}
