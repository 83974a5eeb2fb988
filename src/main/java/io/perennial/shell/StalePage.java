package io.perennial.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * A form that was sent without the token of its page: it stood open until its session ended, or another site sent it.
 * Nothing has happened. The forms around signing in come again with what was typed; of any other form a page says so and leads
 * to a fresh one.
 */
class StalePage implements AccessDeniedHandler {

    /** The address, within the application, under which a fresh form is found. */
    static final String BACK = StalePage.class.getName();

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        boolean form = HttpMethod.POST.matches(request.getMethod());
        if (form && (path.equals("/sign-in/code") || path.equals("/sign-in/set-up"))) {
            // The sign-in was in the session that is over.
            again(request, response, "/login");
        } else if (form && KeptForm.keep(path, request)) {
            again(request, response, path);
        } else {
            // Only addresses of ours that have a page; any other leads home.
            request.setAttribute(BACK, path.startsWith("/sign-in/") ? path : "/");
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static void again(HttpServletRequest request, HttpServletResponse response, String path) {
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + path + '?' + KeptForm.STALE);
    }
}
