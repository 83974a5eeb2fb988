package io.perennial.shell;

import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.accounts.signin.SecondFactors.Need;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Checks the password, and lets nobody in by it alone who has, or must have, a second factor. Until that is shown there is
 * no signed-in person in the session at all: no page, and no request behind a page, could forget to ask.
 */
@Component
class PasswordStep extends DaoAuthenticationProvider {

    private final SecondFactors factors;

    PasswordStep(StaffAccounts accounts, PasswordEncoder passwords, SecondFactors factors) {
        super(accounts);
        this.factors = factors;
        setPasswordEncoder(passwords);
        setUserDetailsPasswordService(accounts);
    }

    @Override
    protected Authentication createSuccessAuthentication(
            Object principal, Authentication authentication, UserDetails user) {
        Authentication success = super.createSuccessAuthentication(principal, authentication, user);
        if (user instanceof StaffPrincipal staff) {
            Need need = factors.needOf(staff);
            if (need != Need.NOTHING) {
                throw new SecondFactorDue(staff, need);
            }
        }
        return success;
    }
}
