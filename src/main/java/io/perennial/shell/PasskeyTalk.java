package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.PasskeyAnswer.Outcome;
import io.perennial.accounts.signin.PasskeyCeremony;
import io.perennial.accounts.signin.Passkeys;
import io.perennial.accounts.signin.SecondFactors.Need;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * What the sign-in pages' script says and hears, whichever passkey it is about: a question that waits in the session for one
 * answer, and why an answer is not taken.
 */
final class PasskeyTalk {

    private PasskeyTalk() {}

    /** @param about under which name the question waits: one about another passkey is another question */
    static ResponseEntity<String> ask(PasskeyCeremony asked, String about, HttpServletRequest request) {
        request.getSession(true).setAttribute(about, asked);
        return ResponseEntity.ok(asked.options());
    }

    /** The question that waits; whatever comes for it, it waits no more. */
    static Optional<PasskeyCeremony> take(String about, HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(about) instanceof PasskeyCeremony asked)) {
            return Optional.empty();
        }
        session.removeAttribute(about);
        return Optional.of(asked);
    }

    /** No further than an answer can be long: whoever sends without end is cut off. */
    static String read(InputStream body) throws IOException {
        return new String(body.readNBytes(Passkeys.LONGEST_ANSWER + 1), StandardCharsets.UTF_8);
    }

    /** Who has shown their password in this session and is asked for just that now. */
    static Optional<StaffPrincipal> pending(Need need, HttpServletRequest request, StaffAccounts accounts) {
        return PendingSignIn.of(request).filter(each -> each.need() == need).flatMap(each -> each.staff(accounts));
    }

    static ResponseEntity<Map<String, String>> refused(Outcome outcome) {
        String reason = outcome.name().toLowerCase(Locale.ROOT);
        return problem(HttpStatus.UNPROCESSABLE_CONTENT, reason, t("shell.passkey." + reason));
    }

    static ResponseEntity<Map<String, String>> wait(Duration wait) {
        SignInMeters.throttled();
        return problem(
                HttpStatus.TOO_MANY_REQUESTS, "wait", t("shell.sign_in_wait_hint", Math.max(1, wait.toSeconds())));
    }

    private static ResponseEntity<Map<String, String>> problem(HttpStatus status, String reason, String words) {
        return ResponseEntity.status(status).body(Map.of("reason", reason, "problem", words));
    }
}
