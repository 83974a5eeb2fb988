package io.perennial.shell;

import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.SignInDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Puts a person into the HTTP session, as sign-in does. */
final class ConsoleSessions {

    private static final HttpSessionSecurityContextRepository SESSIONS = new HttpSessionSecurityContextRepository();

    private ConsoleSessions() {}

    /** The same person, as they are now, in the running session. */
    static void renew(StaffPrincipal staff, HttpServletRequest request, HttpServletResponse response) {
        put(staff, SignInDetails.current().orElseThrow(), request, response);
    }

    /** A person who has come in by these means. */
    static void put(
            StaffPrincipal staff, SignInDetails details, HttpServletRequest request, HttpServletResponse response) {
        var authentication = UsernamePasswordAuthenticationToken.authenticated(staff, null, staff.getAuthorities());
        authentication.setDetails(details);
        SecurityContext context = new SecurityContextImpl(authentication);
        SecurityContextHolder.setContext(context);
        SESSIONS.saveContext(context, request, response);
    }

    /** Ends the session with all its open pages and begins a new one for this person. */
    static void restart(StaffPrincipal staff, HttpServletRequest request, HttpServletResponse response) {
        SignInDetails details = SignInDetails.current().orElseThrow().forNextSession(request);
        end(request);
        request.getSession(true);
        put(staff, details, request, response);
    }

    static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }
}
