package io.perennial.shell;

import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.Enrolment;
import io.perennial.accounts.signin.SecondFactors.Need;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose password was right a moment ago and who has yet to show a second factor. Kept in the session instead of
 * the person, for ten minutes.
 */
final class PendingSignIn implements Serializable {

    private static final long serialVersionUID = 1;
    private static final String NAME = PendingSignIn.class.getName();
    private static final Duration HOLDS = Duration.ofMinutes(10);

    private final String email;
    private final StaffPrincipal staff;
    private final Need need;
    private final Instant since = Instant.now();
    private @Nullable Enrolment enrolment;

    private PendingSignIn(StaffPrincipal staff, Need need) {
        this.email = staff.getUsername();
        this.staff = staff;
        this.need = need;
    }

    /** @return where the second step is asked for */
    static String begin(SecondFactorDue due, HttpServletRequest request) {
        due.staff().eraseCredentials();
        HttpSession session = request.getSession(true);
        request.changeSessionId();
        session.setAttribute(NAME, new PendingSignIn(due.staff(), due.need()));
        return due.need() == Need.CODE ? "/sign-in/code" : "/sign-in/set-up";
    }

    /** Whose sign-in waits in this session. */
    static Optional<PendingSignIn> of(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null
                        && session.getAttribute(NAME) instanceof PendingSignIn pending
                        && pending.since.plus(HOLDS).isAfter(Instant.now())
                ? Optional.of(pending)
                : Optional.empty();
    }

    static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(NAME);
        }
    }

    /** The person as they are now; empty if they may not come in any more, or their password is another meanwhile. */
    Optional<StaffPrincipal> staff(StaffAccounts accounts) {
        return accounts.membershipNow(staff).isPresent()
                ? accounts.reload(staff.accountId(), staff.tenant())
                : Optional.empty();
    }

    String email() {
        return email;
    }

    Need need() {
        return need;
    }

    @Nullable
    Enrolment enrolment() {
        return enrolment;
    }

    void enrol(Enrolment begun) {
        enrolment = begun;
    }
}
