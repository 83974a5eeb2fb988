package io.perennial.shell;

import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.PasskeyAnswer;
import io.perennial.accounts.signin.PasskeyAnswer.Outcome;
import io.perennial.accounts.signin.PasskeyCeremony;
import io.perennial.accounts.signin.Passkeys;
import io.perennial.accounts.signin.SecondFactors.Need;
import io.perennial.accounts.signin.SignInThrottle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the sign-in pages' script talks to: a question to the authenticator, and its answer. */
@RestController
class PasskeyController {

    private static final String ASKED = PasskeyCeremony.class.getName();

    private final Passkeys passkeys;
    private final StaffAccounts accounts;
    private final SignInThrottle throttle;
    private final SignInCompletion completion;

    PasskeyController(Passkeys passkeys, StaffAccounts accounts, SignInThrottle throttle, SignInCompletion completion) {
        this.passkeys = passkeys;
        this.accounts = accounts;
        this.throttle = throttle;
        this.completion = completion;
    }

    @ModelAttribute
    void protect(HttpServletRequest request, HttpServletResponse response) {
        SignInPage.protect(request, response);
    }

    /** @param beside whether a password was shown before: then it is that person who is asked */
    @PostMapping(path = "/sign-in/passkey/question", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> ask(@RequestParam(defaultValue = "false") boolean beside, HttpServletRequest request) {
        if (!passkeys.arePossible()) {
            return ResponseEntity.notFound().build();
        }
        Optional<StaffPrincipal> pending = beside ? pending(request) : Optional.empty();
        if (beside && pending.isEmpty()) {
            return ResponseEntity.status(HttpStatus.GONE).build();
        }
        PasskeyCeremony asked = pending.map(passkeys::askBesidePassword).orElseGet(passkeys::ask);
        return PasskeyTalk.ask(asked, ASKED, request);
    }

    /** Lets the person in whose passkey it is, and says where to go on; or why not. */
    @PostMapping(
            path = "/sign-in/passkey",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, String>> answer(
            InputStream body, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<PasskeyCeremony> asked = PasskeyTalk.take(ASKED, request);
        Optional<StaffPrincipal> pending =
                asked.isEmpty() || asked.get().isOpen() ? Optional.empty() : pending(request);
        if (asked.isEmpty() || (!asked.get().isOpen() && pending.isEmpty())) {
            return PasskeyTalk.refused(Outcome.LATE);
        }
        // Nobody is named yet; counted for everybody together, a stranger could hold up all.
        String whose = pending.map(StaffPrincipal::getUsername).orElse(request.getRemoteAddr());
        Duration wait = throttle.beginOther("passkey", whose, request.getRemoteAddr());
        if (wait.isPositive()) {
            return PasskeyTalk.wait(wait);
        }
        PasskeyAnswer is = passkeys.accept(asked.get(), PasskeyTalk.read(body));
        Optional<StaffPrincipal> staff = is.email() == null ? Optional.empty() : person(is.email());
        if (staff.isEmpty()) {
            SignInMeters.failed();
            return PasskeyTalk.refused(is.outcome() == Outcome.RIGHT ? Outcome.UNKNOWN : is.outcome());
        }
        throttle.succeededOther("passkey", whose, request.getRemoteAddr());
        return ResponseEntity.ok(
                Map.of("path", request.getContextPath() + completion.byPasskey(staff.get(), request, response)));
    }

    private Optional<StaffPrincipal> pending(HttpServletRequest request) {
        return PasskeyTalk.pending(Need.CODE, request, accounts);
    }

    /** As they are now; empty if they may come in nowhere any more. */
    private Optional<StaffPrincipal> person(String email) {
        try {
            StaffPrincipal staff = accounts.loadUserByUsername(email);
            staff.eraseCredentials();
            return Optional.of(staff);
        } catch (UsernameNotFoundException e) {
            return Optional.empty();
        }
    }
}
