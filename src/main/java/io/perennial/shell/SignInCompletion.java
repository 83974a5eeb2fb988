package io.perennial.shell;

import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.SignInDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
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
    private final HttpSessionRequestCache wanted = new HttpSessionRequestCache();

    SignInCompletion(ApplicationEventPublisher events) {
        this.events = events;
    }

    /** Lets in who has just made their account, in a session that has nothing of what this browser did before. */
    void ofNewPerson(StaffPrincipal staff, HttpServletRequest request, HttpServletResponse response) {
        ConsoleSessions.end(request);
        request.getSession(true);
        ConsoleSessions.put(staff, new SignInDetails(request), request, response);
        announce();
    }

    /** @return the path of the page they wanted, or of Home */
    String withTwoFactors(StaffPrincipal staff, HttpServletRequest request, HttpServletResponse response) {
        return complete(staff, SignInDetails.ofTwoFactors(request), request, response);
    }

    /**
     * By an OpenID provider, where no second step is due.
     *
     * @return as {@link #withTwoFactors}
     */
    String byProvider(StaffPrincipal staff, boolean two, HttpServletRequest request, HttpServletResponse response) {
        return complete(staff, SignInDetails.ofProvider(request, two), request, response);
    }

    private String complete(
            StaffPrincipal staff, SignInDetails details, HttpServletRequest request, HttpServletResponse response) {
        PendingSignIn.end(request);
        request.changeSessionId();
        new HttpSessionCsrfTokenRepository().saveToken(null, request, response);
        ConsoleSessions.put(staff, details, request, response);
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
