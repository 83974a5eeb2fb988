package io.perennial.shell;

import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.accounts.signin.SecondFactors.Need;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.accounts.signin.WaysIn;
import java.util.Optional;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Checks the password, and lets nobody in by it alone who has, or must have, a second factor. Until that is shown there is
 * no signed-in person in the session at all: no page, and no request behind a page, could forget to ask.
 */
@Component
class PasswordStep extends DaoAuthenticationProvider {

    private final SecondFactors factors;
    private final WaysIn ways;

    PasswordStep(StaffAccounts accounts, PasswordEncoder passwords, SecondFactors factors, WaysIn ways) {
        super(accounts);
        this.ways = ways;
        this.factors = factors;
        setPasswordEncoder(passwords);
        setUserDetailsPasswordService(accounts);
    }

    @Override
    protected Authentication createSuccessAuthentication(
            Object principal, Authentication authentication, UserDetails user) {
        if (user instanceof StaffPrincipal staff && authentication.getDetails() instanceof SignInDetails details) {
            pending(staff).ifPresent(pending -> details.cameBy(pending.vouch()));
            StaffPrincipal open = ways.firstOpen(details, staff, 0)
                    .orElseThrow(() -> new AnotherWayDue(ways.askedFor(staff).orElse(null)));
            Need need = factors.needOf(staff);
            if (need != Need.NOTHING) {
                throw new SecondFactorDue(staff, need);
            }
            return super.createSuccessAuthentication(open, authentication, user);
        }
        return super.createSuccessAuthentication(principal, authentication, user);
    }

    /** What the provider said by which this person came to connect it. */
    private static Optional<PendingConnection> pending(StaffPrincipal staff) {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? PendingConnection.of(attributes.getRequest()).filter(each -> each.isOf(staff))
                : Optional.empty();
    }
}
