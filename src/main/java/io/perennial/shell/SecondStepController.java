package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.Enrolment;
import io.perennial.accounts.signin.Passkeys;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.accounts.signin.SecondFactors.Need;
import io.perennial.accounts.signin.SignInThrottle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The second step of a sign-in: a code, or setting up the app that makes them where a business requires it. */
@Controller
class SecondStepController {

    private final StaffAccounts accounts;
    private final SecondFactors factors;
    private final Passkeys passkeys;
    private final SignInThrottle throttle;
    private final SignInCompletion completion;

    SecondStepController(
            StaffAccounts accounts,
            SecondFactors factors,
            Passkeys passkeys,
            SignInThrottle throttle,
            SignInCompletion completion) {
        this.accounts = accounts;
        this.factors = factors;
        this.passkeys = passkeys;
        this.throttle = throttle;
        this.completion = completion;
    }

    @ModelAttribute
    void protect(HttpServletRequest request, HttpServletResponse response) {
        SignInPage.protect(request, response);
    }

    @GetMapping("/sign-in/code")
    ModelAndView askCode(HttpServletRequest request) {
        return pending(request, Need.CODE)
                .flatMap(each -> each.staff(accounts))
                .map(staff -> code(staff, null))
                .orElseGet(SecondStepController::again);
    }

    @PostMapping("/sign-in/code")
    ModelAndView takeCode(
            @RequestParam(defaultValue = "") String code, HttpServletRequest request, HttpServletResponse response) {
        Optional<StaffPrincipal> staff = pending(request, Need.CODE).flatMap(each -> each.staff(accounts));
        if (staff.isEmpty()) {
            return again();
        }
        Optional<String> wait = wait(staff.get(), request);
        if (wait.isPresent()) {
            return refused(code(staff.get(), wait.get()), HttpStatus.TOO_MANY_REQUESTS);
        }
        if (!factors.accept(staff.get(), code)) {
            return refused(code(staff.get(), t("shell.code.wrong")), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        throttle.succeededOther("code", staff.get().getUsername(), request.getRemoteAddr());
        return new ModelAndView("redirect:" + completion.withTwoFactors(staff.get(), request, response));
    }

    @GetMapping("/sign-in/set-up")
    ModelAndView askEnrolment(HttpServletRequest request) {
        Optional<PendingSignIn> pending = pending(request, Need.ENROLMENT);
        Optional<StaffPrincipal> staff = pending.flatMap(each -> each.staff(accounts));
        if (staff.isEmpty()) {
            return again();
        }
        Enrolment begun = pending.get().enrolment();
        if (begun == null) {
            begun = factors.begin(staff.get());
            pending.get().enrol(begun);
        }
        return enrolment(begun, null);
    }

    @PostMapping("/sign-in/set-up")
    ModelAndView takeEnrolment(
            @RequestParam(defaultValue = "") String code, HttpServletRequest request, HttpServletResponse response) {
        Optional<PendingSignIn> pending = pending(request, Need.ENROLMENT);
        Optional<StaffPrincipal> staff = pending.flatMap(each -> each.staff(accounts));
        Enrolment begun = pending.map(PendingSignIn::enrolment).orElse(null);
        if (staff.isEmpty() || begun == null) {
            return again();
        }
        // In another tab it may be set up by now: then it is a code of that one that is due.
        if (factors.needOf(staff.get()) != Need.ENROLMENT) {
            return again();
        }
        Optional<String> wait = wait(staff.get(), request);
        if (wait.isPresent()) {
            return refused(enrolment(begun, wait.get()), HttpStatus.TOO_MANY_REQUESTS);
        }
        List<String> codes = factors.confirm(staff.get(), begun, code);
        if (codes.isEmpty()) {
            return refused(enrolment(begun, t("shell.set_up.wrong")), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        String next = completion.withTwoFactors(staff.get(), request, response);
        return SignInPage.of("recovery-codes", t("shell.recovery.title"))
                .addObject("codes", codes)
                .addObject("path", next);
    }

    /** In words, how long to wait; empty to go ahead. */
    private Optional<String> wait(StaffPrincipal staff, HttpServletRequest request) {
        Duration wait = throttle.beginOther("code", staff.getUsername(), request.getRemoteAddr());
        return wait.isZero()
                ? Optional.empty()
                : Optional.of(t("shell.sign_in_wait_hint", Math.max(1, wait.toSeconds())));
    }

    private static Optional<PendingSignIn> pending(HttpServletRequest request, Need need) {
        return PendingSignIn.of(request).filter(each -> each.need() == need);
    }

    private ModelAndView code(StaffPrincipal staff, @Nullable String problem) {
        return SignInPage.of("code", t("shell.code.title"))
                .addObject("byApp", factors.hasApp(staff))
                .addObject("byPasskey", passkeys.hasAny(staff))
                .addObject("problem", problem);
    }

    private ModelAndView enrolment(Enrolment begun, @Nullable String problem) {
        return SignInPage.of("set-up", t("shell.set_up.title"))
                .addObject("picture", begun.picture())
                .addObject("secret", begun.readable())
                .addObject("uri", begun.uri())
                .addObject("byPasskey", passkeys.arePossible())
                .addObject("problem", problem);
    }

    private static ModelAndView again() {
        return new ModelAndView("redirect:/login");
    }

    private static ModelAndView refused(ModelAndView page, HttpStatus status) {
        page.setStatus(status);
        return page;
    }
}
