package io.perennial.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * A form that was sent without the token of its page: it stood open until its session ended, or another site sent it.
 * Nothing has happened; the page that says so leads back to a fresh one.
 */
class StalePage implements AccessDeniedHandler {

    /** The address, within the application, under which a fresh form is found. */
    static final String BACK = StalePage.class.getName();

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        // Only addresses of ours that have a page; any other leads home.
        request.setAttribute(
                BACK,
                path.equals("/login") || path.startsWith("/sign-in/") || path.startsWith("/sign-up") ? path : "/");
        response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
}
