package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.signin.PasswordResets;
import io.perennial.accounts.signin.SignInThrottle;
import io.perennial.kernel.EmailAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * A new password for who forgot theirs. Asking says the same for every address. Opening the mailed link changes nothing:
 * those who look into mails follow links.
 */
@Controller
class PasswordResetController {

    private final PasswordResets resets;
    private final SignInThrottle throttle;

    PasswordResetController(PasswordResets resets, SignInThrottle throttle) {
        this.resets = resets;
        this.throttle = throttle;
    }

    @ModelAttribute
    void protect(HttpServletRequest request, HttpServletResponse response) {
        SignInPage.protect(request, response);
    }

    @GetMapping("/sign-in/forgot")
    ModelAndView ask(HttpServletRequest request) {
        String email = KeptForm.take(request).map(kept -> kept.value("email")).orElse("");
        return form(email, null);
    }

    @PostMapping("/sign-in/forgot")
    ModelAndView request(@RequestParam(defaultValue = "") String email, HttpServletRequest request) {
        Optional<EmailAddress> address = EmailAddress.parse(email);
        if (address.isEmpty()) {
            return refused(form(email, t("shell.forgot.no_address")), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        Duration wait = throttle.beginOther("reset", address.get().value(), request.getRemoteAddr());
        if (wait.isPositive()) {
            return refused(
                    form(email, t("shell.forgot.wait", Math.max(1, wait.toSeconds()))), HttpStatus.TOO_MANY_REQUESTS);
        }
        resets.request(address.get());
        return SignInPage.message(
                t("shell.forgot.sent"),
                t("shell.forgot.sent_text", address.get().value(), PasswordResets.HOLDS.toMinutes()),
                t("shell.back_to_sign_in"),
                "/login");
    }

    @GetMapping("/sign-in/new-password/{token}")
    ModelAndView choose(@PathVariable String token) {
        return resets.find(token).map(email -> choice(token, email, null)).orElseGet(PasswordResetController::expired);
    }

    @PostMapping("/sign-in/new-password/{token}")
    ModelAndView choose(
            @PathVariable String token, @RequestParam(defaultValue = "") String password, HttpServletRequest request) {
        Optional<EmailAddress> email = resets.find(token);
        if (email.isEmpty()) {
            return expired();
        }
        try {
            return resets.choose(token, password) ? new ModelAndView("redirect:/login?changed") : expired();
        } catch (StaffRuleException broken) {
            String words = t("accounts.rule_" + broken.rule().name().toLowerCase(Locale.ROOT));
            return refused(choice(token, email.get(), words), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static ModelAndView form(String email, @Nullable String problem) {
        return SignInPage.of("forgot", t("shell.forgot.title"))
                .addObject("email", email.length() > 254 ? "" : email)
                .addObject("problem", problem);
    }

    private static ModelAndView choice(String token, EmailAddress email, @Nullable String problem) {
        return SignInPage.of("new-password", t("shell.reset.title"))
                .addObject("path", "/sign-in/new-password/" + token)
                .addObject("email", email.value())
                .addObject("problem", problem);
    }

    private static ModelAndView expired() {
        return refused(
                SignInPage.message(
                        t("shell.reset.expired"),
                        t("shell.reset.expired_text", PasswordResets.HOLDS.toMinutes()),
                        t("shell.reset.again"),
                        "/sign-in/forgot"),
                HttpStatus.GONE);
    }

    private static ModelAndView refused(ModelAndView page, HttpStatus status) {
        page.setStatus(status);
        return page;
    }
}
