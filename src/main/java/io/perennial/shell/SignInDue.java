package io.perennial.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/**
 * Leads who is not signed in to the sign-in page, and from there to the page they wanted. A browser that still names a session
 * that is over is told why it has to sign in again: an open page reloads itself then.
 */
class SignInDue extends LoginUrlAuthenticationEntryPoint {

    SignInDue(String page) {
        super(page);
    }

    @Override
    protected String determineUrlToUseForThisRequest(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal) {
        return isOver(request) ? getLoginFormUrl() + "?ended" : getLoginFormUrl();
    }

    /** Whether the browser names a session that is over, here or with the node that had it. */
    static boolean isOver(HttpServletRequest request) {
        return request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid();
    }
}
