package io.perennial.shell;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.ProviderVouch;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.accounts.signin.WaysIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.stereotype.Component;

/** Lets somebody in who has shown all that is asked, as Spring Security's own sign-in ends. */
@Component
class SignInCompletion {

    private final ApplicationEventPublisher events;
    private final WaysIn ways;
    private final HttpSessionRequestCache wanted = new HttpSessionRequestCache();

    SignInCompletion(ApplicationEventPublisher events, WaysIn ways) {
        this.events = events;
        this.ways = ways;
    }

    /** Lets in who has just made their account, in a session that has nothing of what this browser did before. */
    void ofNewPerson(StaffPrincipal staff, HttpServletRequest request, HttpServletResponse response) {
        ConsoleSessions.end(request);
        request.getSession(true);
        ConsoleSessions.put(staff, new SignInDetails(request), request, response);
        announce();
    }

    /** @return the path of the page they wanted, or of Home; of the sign-in page where none of their businesses opens so */
    String withTwoFactors(StaffPrincipal staff, HttpServletRequest request, HttpServletResponse response) {
        return complete(staff, SignInDetails.ofTwoFactors(request), 0, request, response);
    }

    /** By a passkey, as {@link #withTwoFactors}. */
    String byPasskey(StaffPrincipal staff, HttpServletRequest request, HttpServletResponse response) {
        return complete(staff, SignInDetails.ofPasskey(request), 0, request, response);
    }

    /**
     * By an OpenID provider, where no second step is due.
     *
     * @param wanted the business to work in; 0 for the first
     * @return as {@link #withTwoFactors}
     */
    String byProvider(
            StaffPrincipal staff,
            ProviderVouch vouch,
            long wanted,
            HttpServletRequest request,
            HttpServletResponse response) {
        return complete(staff, SignInDetails.ofProvider(request, vouch), wanted, request, response);
    }

    private String complete(
            StaffPrincipal staff,
            SignInDetails details,
            long wantedBusiness,
            HttpServletRequest request,
            HttpServletResponse response) {
        PendingSignIn.end(request);
        Optional<PendingConnection> before = PendingConnection.of(request).filter(pending -> pending.isOf(staff));
        before.ifPresent(pending -> details.cameBy(pending.vouch()));
        // The way may have led by a second step.
        long business =
                wantedBusiness == 0 ? before.map(PendingConnection::business).orElse(0L) : wantedBusiness;
        Optional<StaffPrincipal> open = ways.firstOpen(details, staff, business);
        if (open.isEmpty()) {
            return AnotherWayDue.page(ways.askedFor(staff).orElse(null));
        }
        if (CurrentStaff.find().isPresent()) {
            // On the way to another of their businesses: open pages of the one before must not go on (0102).
            ConsoleSessions.end(request);
            request.getSession(true);
        } else {
            request.changeSessionId();
        }
        new HttpSessionCsrfTokenRepository().saveToken(null, request, response);
        ConsoleSessions.put(open.get(), details, request, response);
        announce();
        SavedRequest page = wanted.getRequest(request, response);
        wanted.removeRequest(request, response);
        return page == null ? "/" : pathOf(page.getRedirectUrl(), request.getContextPath());
    }

    private void announce() {
        Authentication person = SecurityContextHolder.getContext().getAuthentication();
        if (person != null) {
            events.publishEvent(new AuthenticationSuccessEvent(person));
            events.publishEvent(new InteractiveAuthenticationSuccessEvent(person, getClass()));
        }
    }

    private static String pathOf(String url, String contextPath) {
        URI uri = URI.create(url);
        String path = uri.getRawPath() == null ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null || uri.getRawQuery().equals("continue") ? "" : '?' + uri.getRawQuery();
        String within = path.startsWith(contextPath) ? path.substring(contextPath.length()) : "/";
        return within.startsWith("/") && !within.startsWith("//") ? within + query : "/";
    }
}
