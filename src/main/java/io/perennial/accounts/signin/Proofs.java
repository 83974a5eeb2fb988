package io.perennial.accounts.signin;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import java.time.Duration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** Lets the one signed in show again that it is them: by a code where they have a second factor, else by the password. */
@Service
@PreAuthorize("isAuthenticated()")
public class Proofs {

    private final StaffAccounts accounts;
    private final SecondFactors factors;
    private final SignInThrottle throttle;

    Proofs(StaffAccounts accounts, SecondFactors factors, SignInThrottle throttle) {
        this.accounts = accounts;
        this.factors = factors;
        this.throttle = throttle;
    }

    public boolean isByCode() {
        return factors.isMineSetUp();
    }

    /** As {@link SignInThrottle#begin}: asks to try. */
    public Duration begin(String address) {
        return throttle.beginOther("proof", me().getUsername(), address);
    }

    /**
     * Takes the proof, which then holds for ten minutes in this session.
     *
     * @return whether it was right
     */
    public boolean prove(String passwordOrCode) {
        boolean right = isByCode() ? factors.accept(me(), passwordOrCode) : accounts.isMyPassword(passwordOrCode);
        if (right) {
            SignInDetails.current().ifPresent(SignInDetails::prove);
        }
        return right;
    }

    private static StaffPrincipal me() {
        return CurrentStaff.find().orElseThrow();
    }
}
