package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.ConnectIntent;
import io.perennial.accounts.signin.Identities;
import io.perennial.accounts.signin.ProviderPerson;
import io.perennial.accounts.signin.ProviderQuestion;
import io.perennial.accounts.signin.ProviderSignIn;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.accounts.signin.SecondFactors.Need;
import io.perennial.accounts.signin.SignInThrottle;
import io.perennial.kernel.EmailAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Signing in by an OpenID provider: out to it, and back. */
@Controller
class ProviderController {

    private static final String ASKED = ProviderQuestion.class.getName();

    private final ProviderSignIn providers;
    private final Identities identities;
    private final StaffAccounts accounts;
    private final SecondFactors factors;
    private final SignInThrottle throttle;
    private final SignInCompletion completion;

    ProviderController(
            ProviderSignIn providers,
            Identities identities,
            StaffAccounts accounts,
            SecondFactors factors,
            SignInThrottle throttle,
            SignInCompletion completion) {
        this.providers = providers;
        this.identities = identities;
        this.accounts = accounts;
        this.factors = factors;
        this.throttle = throttle;
        this.completion = completion;
    }

    @ModelAttribute
    void protect(HttpServletRequest request, HttpServletResponse response) {
        SignInPage.protect(request, response);
    }

    /** Changes nothing but what this browser's session waits for. */
    @GetMapping("/sign-in/with/{provider}")
    ModelAndView begin(@PathVariable String provider, HttpServletRequest request) {
        long connects = ConnectIntent.take(provider, request);
        if (connects == 0 && CurrentStaff.find().isPresent()) {
            return new ModelAndView("redirect:/");
        }
        if (throttle.beginOther("provider", request.getRemoteAddr(), request.getRemoteAddr())
                .isPositive()) {
            return refused("wait", HttpStatus.TOO_MANY_REQUESTS);
        }
        Optional<ProviderQuestion> asked = providers.begin(provider, connects);
        if (asked.isEmpty()) {
            return refused("unreachable", HttpStatus.SERVICE_UNAVAILABLE);
        }
        throttle.succeededOther("provider", request.getRemoteAddr(), request.getRemoteAddr());
        request.getSession(true).setAttribute(ASKED, asked.get());
        return new ModelAndView("redirect:" + asked.get().address());
    }

    @GetMapping("/sign-in/from/{provider}")
    ModelAndView end(
            @PathVariable String provider,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String iss,
            HttpServletRequest request,
            HttpServletResponse response) {
        Optional<ProviderQuestion> asked = taken(provider, request);
        Optional<ProviderPerson> person = asked.flatMap(question -> providers.finish(question, code, state, iss));
        if (asked.isEmpty() || person.isEmpty()) {
            SignInMeters.failed();
            return refused("refused", HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return asked.get().connects() == 0
                ? signIn(person.get(), request, response)
                : connect(asked.get(), person.get());
    }

    private ModelAndView signIn(ProviderPerson person, HttpServletRequest request, HttpServletResponse response) {
        if (!identities.isConnected(person)) {
            return firstTime(person, request);
        }
        Optional<StaffPrincipal> staff = identities.use(person).flatMap(this::now);
        if (staff.isEmpty()) {
            SignInMeters.failed();
            return refused("nowhere", HttpStatus.FORBIDDEN);
        }
        Need need = person.secondFactor() ? Need.NOTHING : factors.needOf(staff.get());
        if (need != Need.NOTHING) {
            return new ModelAndView("redirect:" + PendingSignIn.begin(new SecondFactorDue(staff.get(), need), request));
        }
        return new ModelAndView(
                "redirect:" + completion.byProvider(staff.get(), person.secondFactor(), request, response));
    }

    /** Only who has an account here and signs in to it once more, by what it knows already, connects the two. */
    private ModelAndView firstTime(ProviderPerson person, HttpServletRequest request) {
        if (person.email() == null) {
            return refused("unverified", HttpStatus.FORBIDDEN);
        }
        boolean known =
                EmailAddress.parse(person.email()).flatMap(accounts::find).isPresent();
        if (!known) {
            return refused("unknown", HttpStatus.FORBIDDEN, person.email());
        }
        PendingConnection.begin(person, request);
        return new ModelAndView("redirect:/login?connect");
    }

    private ModelAndView connect(ProviderQuestion asked, ProviderPerson person) {
        Optional<StaffPrincipal> me = CurrentStaff.find().filter(staff -> staff.accountId() == asked.connects());
        if (me.isEmpty()) {
            return refused("refused", HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (person.email() == null) {
            return refused("unverified", HttpStatus.FORBIDDEN);
        }
        try {
            FreshProof.require();
        } catch (FreshProof.Needed e) {
            return refused("refused", HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return identities.connect(me.get(), person)
                ? new ModelAndView("redirect:/account")
                : refused("taken", HttpStatus.CONFLICT);
    }

    /** As they are now; empty if they work nowhere any more. */
    private Optional<StaffPrincipal> now(String email) {
        try {
            StaffPrincipal staff = accounts.loadUserByUsername(email);
            staff.eraseCredentials();
            return Optional.of(staff);
        } catch (UsernameNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Optional<ProviderQuestion> taken(String provider, HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(ASKED) instanceof ProviderQuestion asked)) {
            return Optional.empty();
        }
        session.removeAttribute(ASKED);
        return Optional.of(asked).filter(each -> each.isOf(provider));
    }

    private static ModelAndView refused(String why, HttpStatus status, Object... values) {
        ModelAndView page = SignInPage.message(
                t("shell.provider." + why),
                t("shell.provider." + why + "_text", values),
                t("shell.back_to_sign_in"),
                "/login");
        page.setStatus(status);
        return page;
    }
}
