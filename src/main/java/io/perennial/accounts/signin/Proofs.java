package io.perennial.accounts.signin;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Lets the one signed in show again that it is them: by a code where their app makes them, else by
 * the password; or by a passkey.
 */
@Service
@PreAuthorize("isAuthenticated()")
public class Proofs {

    private final StaffAccounts accounts;
    private final SecondFactors factors;
    private final SignInThrottle throttle;
    private final Passkeys passkeys;
    private final Providers providers;
    private final WaysIn ways;

    Proofs(
            StaffAccounts accounts,
            SecondFactors factors,
            SignInThrottle throttle,
            Passkeys passkeys,
            Providers providers,
            WaysIn ways) {
        this.providers = providers;
        this.ways = ways;
        this.accounts = accounts;
        this.factors = factors;
        this.throttle = throttle;
        this.passkeys = passkeys;
    }

    public boolean isByCode() {
        return factors.isMineSetUp();
    }

    /** Not where a code is asked for, nor in a business into which no password leads, nor of who has none. */
    public boolean isByPassword() {
        return !isByCode() && !ways.hasOnly(me()) && accounts.haveIAPassword();
    }

    /** The provider by which the person of this session came, where they can show again that it is them. */
    public Optional<Providers.Choice> provider() {
        return SignInDetails.current()
                .map(SignInDetails::issuer)
                .flatMap(providers::idOf)
                .flatMap(id -> providers.choices().stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst());
    }

    /** Whether a fresh proof is there by now, given elsewhere: at the provider, in another tab. */
    public boolean isGiven() {
        return SignInDetails.current()
                .filter(details -> details.proven().plus(FreshProof.HOLDS).isAfter(Instant.now()))
                .isPresent();
    }

    /** The person has signed in anew at the provider that vouches for them; who calls it has checked that it is them. */
    public void shownAtProvider(String address) {
        taken(true, address);
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
    public boolean prove(String passwordOrCode, String address) {
        boolean right = isByCode()
                ? factors.accept(me(), passwordOrCode)
                : isByPassword() && accounts.isMyPassword(passwordOrCode);
        return taken(right, address);
    }

    /** Whether there is any way; else only coming in anew makes the session a fresh one. */
    public boolean isPossible() {
        return isByCode() || isByPassword() || isByPasskey() || provider().isPresent();
    }

    /** Whether a passkey would do too. */
    public boolean isByPasskey() {
        return passkeys.hasAny(me());
    }

    /** Asks for one of theirs; {@link #prove(PasskeyCeremony, String, String)} takes the answer. */
    public PasskeyCeremony askForPasskey() {
        return passkeys.askMe();
    }

    /** As {@link #prove(String, String)}, by a passkey. */
    public boolean prove(PasskeyCeremony asked, String answer, String address) {
        boolean right = me().getUsername().equals(passkeys.accept(asked, answer).email());
        return taken(right, address);
    }

    private boolean taken(boolean right, String address) {
        if (right) {
            throttle.succeededOther("proof", me().getUsername(), address);
            SignInDetails.current().ifPresent(SignInDetails::prove);
        }
        return right;
    }

    private static StaffPrincipal me() {
        return CurrentStaff.find().orElseThrow();
    }
}
