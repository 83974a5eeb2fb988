package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.ConsoleAddress;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.Identities;
import io.perennial.accounts.signin.Proofs;
import io.perennial.accounts.signin.ProviderAnswer;
import io.perennial.accounts.signin.ProviderPerson;
import io.perennial.accounts.signin.ProviderQuestion;
import io.perennial.accounts.signin.ProviderRefused;
import io.perennial.accounts.signin.ProviderSignIn;
import io.perennial.accounts.signin.ProviderVouch;
import io.perennial.accounts.signin.ProviderWish;
import io.perennial.accounts.signin.ProviderWish.Purpose;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.accounts.signin.SecondFactors.Need;
import io.perennial.accounts.signin.SignInThrottle;
import io.perennial.kernel.EmailAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Objects;
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
    private final ConsoleAddress address;
    private final ProviderInvitation invitations;
    private final Proofs proofs;

    ProviderController(
            ProviderSignIn providers,
            Identities identities,
            StaffAccounts accounts,
            SecondFactors factors,
            SignInThrottle throttle,
            SignInCompletion completion,
            ConsoleAddress address,
            ProviderInvitation invitations,
            Proofs proofs) {
        this.providers = providers;
        this.identities = identities;
        this.accounts = accounts;
        this.factors = factors;
        this.throttle = throttle;
        this.completion = completion;
        this.address = address;
        this.invitations = invitations;
        this.proofs = proofs;
    }

    @ModelAttribute
    void protect(HttpServletRequest request, HttpServletResponse response) {
        SignInPage.protect(request, response);
    }

    /** Changes nothing but what this browser's session waits for. */
    @GetMapping("/sign-in/with/{provider}")
    ModelAndView begin(
            @PathVariable String provider,
            @RequestParam(required = false) @Nullable String moved,
            @RequestParam(required = false) @Nullable String prove,
            HttpServletRequest request) {
        ProviderWish wish = wish(provider, prove != null, request);
        if (wish.purpose() != Purpose.JOIN
                && !wish.isOfSignedIn()
                && CurrentStaff.find().isPresent()) {
            return new ModelAndView("redirect:/");
        }
        if (throttle.beginOther("provider", request.getRemoteAddr(), request.getRemoteAddr())
                .isPositive()) {
            return ProviderRefusal.of(provider, "wait", HttpStatus.TOO_MANY_REQUESTS);
        }
        // The provider sends people to the public address, where a session of another name of this host is unknown.
        if (wish.purpose() == Purpose.SIGN_IN
                && moved == null
                && !request.getServerName().equalsIgnoreCase(address.publicUrl().getHost())) {
            return new ModelAndView("redirect:" + address.publicUrl() + "/sign-in/with/" + provider + "?moved");
        }
        Optional<ProviderQuestion> asked = providers.begin(wish);
        if (asked.isEmpty()) {
            return ProviderRefusal.of(provider, "unreachable", HttpStatus.SERVICE_UNAVAILABLE);
        }
        throttle.succeededOther("provider", request.getRemoteAddr(), request.getRemoteAddr());
        request.getSession(true).setAttribute(ASKED, asked.get());
        return new ModelAndView("redirect:" + asked.get().address());
    }

    /** Where a provider sends who has signed out there, too. */
    @GetMapping("/sign-in/left")
    ModelAndView left() {
        return SignInPage.message(
                t("shell.provider.left"), t("shell.provider.left_text"), t("shell.back_to_sign_in"), "/login");
    }

    @GetMapping("/sign-in/from/{provider}")
    ModelAndView end(
            @PathVariable String provider,
            ProviderAnswer answer,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            ProviderQuestion asked = taken(provider, request);
            ProviderVouch vouch = providers.finish(asked, answer);
            return switch (asked.wish().purpose()) {
                case SIGN_IN -> signIn(asked.wish(), vouch, request, response);
                case CONNECT -> connect(asked.wish(), vouch.person());
                case PROVE -> prove(asked.wish(), vouch.person(), request);
                case JOIN -> join(asked.wish(), vouch, request, response);
            };
        } catch (ProviderRefused refused) {
            return ProviderRefusal.of(provider, refused);
        }
    }

    /** To show that it is still them is no more than signing in anew, so a link may begin it. */
    private static ProviderWish wish(String provider, boolean prove, HttpServletRequest request) {
        Optional<StaffPrincipal> me = CurrentStaff.find();
        return prove && me.isPresent()
                ? ProviderWish.prove(provider, me.get().accountId())
                : ProviderWish.take(provider, request);
    }

    private ModelAndView join(
            ProviderWish wish, ProviderVouch vouch, HttpServletRequest request, HttpServletResponse response) {
        Optional<String> refused = invitations.accept(Objects.requireNonNull(wish.invitation()), vouch);
        return refused.isPresent()
                ? ProviderRefusal.of(wish.provider(), "join_" + refused.get(), HttpStatus.FORBIDDEN)
                : signIn(wish, vouch, request, response);
    }

    private ModelAndView prove(ProviderWish wish, ProviderPerson person, HttpServletRequest request) {
        boolean me = CurrentStaff.find()
                .filter(staff -> staff.accountId() == wish.account())
                .map(StaffPrincipal::getUsername)
                .equals(identities.use(person));
        if (!me) {
            return ProviderRefusal.of(wish.provider(), "other_person", HttpStatus.FORBIDDEN);
        }
        proofs.shownAtProvider(request.getRemoteAddr());
        return SignInPage.message(
                t("shell.provider.proven"), t("shell.provider.proven_text"), t("shell.provider.proven_link"), "/");
    }

    private ModelAndView signIn(
            ProviderWish wish, ProviderVouch vouch, HttpServletRequest request, HttpServletResponse response) {
        String provider = wish.provider();
        ProviderPerson person = vouch.person();
        if (!identities.isConnected(person)) {
            return wish.isOfSignedIn()
                    ? connectOnTheWay(wish, vouch, request, response)
                    : firstTime(provider, vouch, request);
        }
        Optional<StaffPrincipal> staff = identities.use(person).flatMap(this::now);
        if (staff.isEmpty()) {
            return ProviderRefusal.of(provider, "nowhere", HttpStatus.FORBIDDEN);
        }
        if (wish.isOfSignedIn() && staff.get().accountId() != wish.account()) {
            return ProviderRefusal.of(provider, "other_person", HttpStatus.FORBIDDEN);
        }
        Need need = person.secondFactor() ? Need.NOTHING : factors.needOf(staff.get());
        if (need != Need.NOTHING) {
            // The second step ends as by the provider.
            PendingConnection.begin(vouch, staff.get().getUsername(), wish.business(), request);
            return new ModelAndView("redirect:" + PendingSignIn.begin(new SecondFactorDue(staff.get(), need), request));
        }
        return new ModelAndView(
                "redirect:" + completion.byProvider(staff.get(), vouch, wish.business(), request, response));
    }

    /**
     * Who is on the way to another of their businesses is signed in to the account here, and showed again before they left that
     * it is them ({@link BusinessSwitch}): the sign-in page would lead them back to where they were.
     */
    private ModelAndView connectOnTheWay(
            ProviderWish wish, ProviderVouch vouch, HttpServletRequest request, HttpServletResponse response) {
        String email = vouch.person().email();
        boolean mine = CurrentStaff.find()
                .filter(staff -> staff.accountId() == wish.account()
                        && staff.getUsername().equalsIgnoreCase(email))
                .isPresent();
        if (email != null && !mine) {
            return ProviderRefusal.of(wish.provider(), "other_person", HttpStatus.FORBIDDEN);
        }
        ModelAndView connected = connect(wish, vouch.person());
        return identities.isConnected(vouch.person()) ? signIn(wish, vouch, request, response) : connected;
    }

    /** Only who has an account here and signs in to it once more, by what it knows already, connects the two. */
    private ModelAndView firstTime(String provider, ProviderVouch vouch, HttpServletRequest request) {
        ProviderPerson person = vouch.person();
        if (person.email() == null) {
            return ProviderRefusal.of(provider, "unverified", HttpStatus.FORBIDDEN);
        }
        boolean known =
                EmailAddress.parse(person.email()).flatMap(accounts::find).isPresent();
        if (!known) {
            return ProviderRefusal.of(provider, "unknown", HttpStatus.FORBIDDEN, person.email());
        }
        PendingConnection.begin(vouch, person.email(), 0, request);
        return new ModelAndView("redirect:/login?connect");
    }

    private ModelAndView connect(ProviderWish wish, ProviderPerson person) {
        String provider = wish.provider();
        Optional<StaffPrincipal> me = CurrentStaff.find().filter(staff -> staff.accountId() == wish.account());
        if (me.isEmpty()) {
            return ProviderRefusal.of(provider, "proof", HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (person.email() == null) {
            return ProviderRefusal.of(provider, "unverified", HttpStatus.FORBIDDEN);
        }
        try {
            FreshProof.require();
        } catch (FreshProof.Needed e) {
            return ProviderRefusal.of(provider, "proof", HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return identities.connect(me.get(), person)
                ? new ModelAndView("redirect:/account")
                : ProviderRefusal.of(provider, "taken", HttpStatus.CONFLICT);
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

    private static ProviderQuestion taken(String provider, HttpServletRequest request) throws ProviderRefused {
        HttpSession session = request.getSession(false);
        if (session == null) {
            throw ProviderRefused.lost(request.getRequestedSessionId() == null ? "no cookie" : "the session is over");
        }
        if (!(session.getAttribute(ASKED) instanceof ProviderQuestion asked)) {
            throw ProviderRefused.lost("nothing was asked in this session, or the answer was taken before");
        }
        session.removeAttribute(ASKED);
        if (!asked.isOf(provider)) {
            throw ProviderRefused.lost("another provider was asked");
        }
        return asked;
    }
}
