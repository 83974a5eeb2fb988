package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.signin.FirstPasskey;
import io.perennial.accounts.signin.PasskeyAnswer.Outcome;
import io.perennial.accounts.signin.PasskeyCeremony;
import io.perennial.accounts.signin.Passkeys;
import io.perennial.accounts.signin.SecondFactors.Need;
import io.perennial.accounts.signin.SignInThrottle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** A passkey instead of an app, for who has to set up a second factor as they come in. */
@Controller
class FirstPasskeyController {

    private static final String ASKED = FirstPasskey.class.getName();
    private static final String CODES = FirstPasskeyController.class.getName();

    private final FirstPasskey first;
    private final Passkeys passkeys;
    private final StaffAccounts accounts;
    private final SignInThrottle throttle;
    private final SignInCompletion completion;

    FirstPasskeyController(
            FirstPasskey first,
            Passkeys passkeys,
            StaffAccounts accounts,
            SignInThrottle throttle,
            SignInCompletion completion) {
        this.first = first;
        this.passkeys = passkeys;
        this.accounts = accounts;
        this.throttle = throttle;
        this.completion = completion;
    }

    @ModelAttribute
    void protect(HttpServletRequest request, HttpServletResponse response) {
        SignInPage.protect(request, response);
    }

    @PostMapping(path = "/sign-in/passkey/first/question", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> ask(HttpServletRequest request) {
        Optional<StaffPrincipal> staff = pending(request);
        if (staff.isEmpty() || !passkeys.arePossible()) {
            return ResponseEntity.status(HttpStatus.GONE).build();
        }
        return PasskeyTalk.ask(first.ask(staff.get()), ASKED, request);
    }

    @PostMapping(
            path = "/sign-in/passkey/first",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, String>> take(InputStream body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<StaffPrincipal> staff = pending(request);
        Optional<PasskeyCeremony> asked = PasskeyTalk.take(ASKED, request);
        if (staff.isEmpty() || asked.isEmpty()) {
            return PasskeyTalk.refused(Outcome.LATE);
        }
        Duration wait = throttle.beginOther("code", staff.get().getUsername(), request.getRemoteAddr());
        if (wait.isPositive()) {
            return PasskeyTalk.wait(wait);
        }
        List<String> codes;
        try {
            String agent = Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
            codes = first.add(
                    staff.get(),
                    asked.get(),
                    PasskeyTalk.read(body),
                    agent.substring(0, Math.min(300, agent.length())));
        } catch (StaffRuleException e) {
            return PasskeyTalk.refused(Outcome.LATE);
        }
        throttle.succeededOther("code", staff.get().getUsername(), request.getRemoteAddr());
        String next = completion.byPasskey(staff.get(), request, response);
        request.getSession().setAttribute(CODES, new Kept(codes, next));
        return ResponseEntity.ok(Map.of("path", request.getContextPath() + "/sign-in/recovery-codes"));
    }

    /** Shown once. */
    @GetMapping("/sign-in/recovery-codes")
    ModelAndView codes(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(CODES) instanceof Kept kept)) {
            return new ModelAndView("redirect:/");
        }
        session.removeAttribute(CODES);
        return SignInPage.of("recovery-codes", t("shell.recovery.title"))
                .addObject("codes", kept.codes())
                .addObject("path", kept.next());
    }

    /** Codes on their way to the page that shows them. */
    private record Kept(List<String> codes, String next) implements java.io.Serializable {}

    private Optional<StaffPrincipal> pending(HttpServletRequest request) {
        return PasskeyTalk.pending(Need.ENROLMENT, request, accounts);
    }
}
