package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Foundings;
import io.perennial.accounts.SignInHints;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.SignInThrottle;
import io.perennial.kernel.EmailAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * A business of one's own, for anybody with a mailbox. Asking says the same for every address. Opening the mailed link
 * changes nothing; its form makes the person and the business, and lets them in.
 */
@Controller
class FoundingController {

    private final Foundings foundings;
    private final StaffAccounts accounts;
    private final SignInThrottle throttle;
    private final SignInCompletion signIn;

    /** Whether this is the start with sample businesses, which delivers nothing. */
    private final boolean sample;

    FoundingController(
            Foundings foundings,
            StaffAccounts accounts,
            SignInThrottle throttle,
            SignInCompletion signIn,
            ObjectProvider<SignInHints> sample) {
        this.sample = sample.getIfAvailable() != null;
        this.foundings = foundings;
        this.accounts = accounts;
        this.throttle = throttle;
        this.signIn = signIn;
    }

    @ModelAttribute
    void protect(HttpServletRequest request, HttpServletResponse response) {
        SignInPage.protect(request, response);
    }

    @GetMapping("/sign-up")
    ModelAndView ask(HttpServletRequest request) {
        String email = KeptForm.take(request).map(kept -> kept.value("email")).orElse("");
        return foundings.settings().enabled() ? question(email, "") : closed();
    }

    @PostMapping("/sign-up")
    ModelAndView request(@RequestParam(defaultValue = "") String email, HttpServletRequest request) {
        if (!foundings.settings().enabled()) {
            return closed();
        }
        Optional<EmailAddress> address = EmailAddress.parse(email);
        if (address.isEmpty()) {
            return SignInPage.refused(question(email, t("shell.forgot.no_address")), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        Duration wait = throttle.beginOther("sign-up", address.get().value(), request.getRemoteAddr());
        if (wait.isPositive()) {
            return SignInPage.refused(
                    question(email, t("shell.forgot.wait", Math.max(1, wait.toSeconds()))),
                    HttpStatus.TOO_MANY_REQUESTS);
        }
        foundings.ask(address.get(), languages(request));
        String sent = t("shell.sign_up.sent_text", address.get().value(), Foundings.HOLDS.toHours());
        return SignInPage.message(
                t("shell.sign_up.sent"),
                sample ? sent + " " + t("shell.sign_up.sent_sample") : sent,
                t("shell.back_to_sign_in"),
                "/login");
    }

    @GetMapping("/sign-up/{token}")
    ModelAndView open(@PathVariable String token, HttpServletRequest request) {
        Answers kept = KeptForm.take(request)
                .map(each -> new Answers(
                        each.value("business"),
                        each.value("person"),
                        each.value("terms").equals("true")))
                .orElseGet(() -> new Answers("", "", false));
        return foundings
                .find(token)
                .map(offer -> foundings.settings().enabled() && !offer.used() && !offer.known()
                        ? form(token, offer, kept, null)
                        : over(Optional.of(offer)))
                .orElseGet(() -> over(Optional.empty()));
    }

    @PostMapping("/sign-up/{token}")
    ModelAndView found(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String business,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "false") boolean terms,
            HttpServletRequest request,
            HttpServletResponse response) {
        Optional<Foundings.Offer> offer = foundings.find(token);
        if (offer.isEmpty()) {
            return over(offer);
        }
        Foundings.Founded founded;
        try {
            founded = foundings.found(token, person, password, business, terms, languages(request));
        } catch (StaffRuleException broken) {
            if (broken.rule() == Rule.FOUNDING_OVER || broken.rule() == Rule.FOUNDING_CLOSED) {
                return over(foundings.find(token));
            }
            return SignInPage.refused(
                    form(token, offer.get(), new Answers(business, person, terms), broken.rule()),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        accounts.reload(founded.owner(), founded.tenant())
                .ifPresent(owner -> signIn.ofNewPerson(owner, request, response));
        return new ModelAndView("redirect:/welcome");
    }

    /** What was typed and is shown again; the password is not. */
    record Answers(String business, String person, boolean terms) {

        Answers {
            business = business.length() > 200 ? "" : business;
            person = person.length() > 200 ? "" : person;
        }
    }

    private static ModelAndView question(String email, String problem) {
        return SignInPage.of("sign-up", t("shell.sign_up.title"))
                .addObject("email", email.length() > 254 ? "" : email)
                .addObject("problem", problem.isEmpty() ? null : problem);
    }

    private ModelAndView form(String token, Foundings.Offer offer, Answers answers, @Nullable Rule broken) {
        return SignInPage.of("found", t("shell.found.title"))
                .addObject("path", "/sign-up/" + token)
                .addObject("email", offer.email().value())
                .addObject("answers", answers)
                .addObject("broken", field(broken))
                .addObject("termsUrl", foundings.settings().termsUrl())
                .addObject(
                        "problem",
                        broken == null
                                ? null
                                : t("accounts.rule_" + broken.name().toLowerCase(Locale.ROOT)));
    }

    /** The field that a broken rule is about. */
    private static String field(@Nullable Rule broken) {
        return switch (broken) {
            case null -> "";
            case BUSINESS_NAME -> "business";
            case PERSON_NAME -> "person";
            case TERMS -> "terms";
            default -> "password";
        };
    }

    private ModelAndView closed() {
        return SignInPage.refused(
                SignInPage.message(
                        t("shell.sign_up.closed"),
                        t("shell.sign_up.closed_text"),
                        t("shell.back_to_sign_in"),
                        "/login"),
                HttpStatus.FORBIDDEN);
    }

    /** Used, known meanwhile, closed, or too old: each says what goes on from there. */
    private ModelAndView over(Optional<Foundings.Offer> offer) {
        if (offer.filter(Foundings.Offer::used).isPresent()) {
            return SignInPage.refused(
                    SignInPage.message(
                            t("shell.found.used"),
                            t("shell.found.used_text", offer.get().email().value()),
                            t("shell.found.sign_in"),
                            "/login"),
                    HttpStatus.GONE);
        }
        if (!foundings.settings().enabled()) {
            return closed();
        }
        if (offer.filter(Foundings.Offer::known).isPresent()) {
            return SignInPage.refused(
                    SignInPage.message(
                            t("shell.found.known"),
                            t("shell.found.known_text", offer.get().email().value()),
                            t("shell.found.known_go_on"),
                            "/businesses/new"),
                    HttpStatus.GONE);
        }
        return SignInPage.refused(
                SignInPage.message(
                        t("shell.reset.expired"),
                        t("shell.found.expired_text", Foundings.HOLDS.toHours()),
                        t("shell.reset.again"),
                        "/sign-up"),
                HttpStatus.GONE);
    }

    private static List<Locale> languages(HttpServletRequest request) {
        return Collections.list(request.getLocales());
    }
}
