package io.perennial.shell;

import io.perennial.accounts.signin.SignInThrottle;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns too many sign-ins away before the password is even looked at, with the time to wait. */
class SignInThrottleFilter extends OncePerRequestFilter {

    /** The same that Spring Security's sign-in answers to, so that no spelling of the address slips past. */
    private static final RequestMatcher SIGN_IN =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/login");

    private final SignInThrottle throttle;

    SignInThrottleFilter(SignInThrottle throttle) {
        this.throttle = throttle;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !SIGN_IN.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Duration wait =
                throttle.begin(request.getParameter("username"), request.getRemoteAddr(), DeviceCookie.of(request));
        if (wait.isZero()) {
            chain.doFilter(request, response);
        } else {
            SignInMeters.throttled();
            response.sendRedirect(request.getContextPath() + "/login?wait=" + Math.max(1, wait.toSeconds()));
        }
    }
}
