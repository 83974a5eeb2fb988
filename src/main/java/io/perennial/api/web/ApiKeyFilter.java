package io.perennial.api.web;

import io.perennial.accounts.BusinessStandings;
import io.perennial.accounts.Permission;
import io.perennial.api.ApiCaller;
import io.perennial.api.ApiCallers;
import io.perennial.api.ApiKeyText;
import io.perennial.api.ApiProperties;
import io.perennial.tenancy.CurrentTenant;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in who brings a key, as a program of the key's business that may do what the key's scopes say, no faster than the key
 * is allowed.
 */
class ApiKeyFilter extends OncePerRequestFilter {

    /** Wrong keys from one address in a minute; after that not even the database is asked. */
    private static final int WRONG_KEYS = 30;

    private final ApiCallers callers;
    private final BusinessStandings standings;
    private final ProblemWriter problems;
    private final int perMinute;
    private final TokenBuckets buckets;
    private final TokenBuckets wrong = new TokenBuckets(WRONG_KEYS, System::nanoTime);

    ApiKeyFilter(ApiCallers callers, BusinessStandings standings, ApiProperties properties, ProblemWriter problems) {
        this.callers = callers;
        this.standings = standings;
        this.problems = problems;
        this.perMinute = properties.requestsPerMinute();
        this.buckets = new TokenBuckets(perMinute, System::nanoTime);
    }

    /** The descriptions are for everybody. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return path.equals(ApiSecurity.DESCRIPTION) || path.equals(ApiSecurity.DOCS);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String address = String.valueOf(request.getRemoteAddr());
        if (wrong.isEmpty(address)) {
            refuse(response, 60, "Too many wrong keys came from this address. Wait a minute.");
            return;
        }
        Optional<ApiCaller> caller = sent(request).flatMap(ApiKeyText::parse).flatMap(callers::find);
        if (caller.isEmpty()) {
            wrong.take(address);
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Perennial\"");
            problems.write(
                    response,
                    ApiProblem.of(
                            ApiProblem.Kind.UNAUTHENTICATED,
                            "Send a key of this installation that is neither revoked nor expired: Authorization: Bearer "
                                    + ApiKeyText.PREFIX + "…"));
            return;
        }
        if (!standings.isAtWork(caller.get().tenant())) {
            problems.write(
                    response,
                    ApiProblem.of(
                            ApiProblem.Kind.BUSINESS_STOPPED,
                            "The business of this key is suspended or about to be deleted. Its people see why in the console."));
            return;
        }
        TokenBuckets.Taken taken = buckets.take(caller.get().key());
        response.setHeader("RateLimit-Policy", "\"key\";q=" + perMinute + ";w=60");
        response.setHeader("RateLimit", "\"key\";r=" + taken.left() + ";t=" + taken.secondsToFull());
        if (!taken.allowed()) {
            refuse(
                    response,
                    Math.max(1, taken.secondsToNext()),
                    "This key may ask " + perMinute + " times a minute. Retry-After says when to go on.");
            return;
        }
        pass(caller.get(), request, response, chain);
    }

    private void refuse(HttpServletResponse response, long seconds, String detail) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        problems.write(response, ApiProblem.of(ApiProblem.Kind.TOO_MANY_REQUESTS, detail));
    }

    private static void pass(
            ApiCaller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        UsernamePasswordAuthenticationToken authentication = new UsernamePasswordAuthenticationToken(
                caller,
                null,
                caller.scopes().stream()
                        .map(Permission::authority)
                        .map(SimpleGrantedAuthority::new)
                        .toList());
        authentication.setDetails(new WebAuthenticationDetailsSource().buildDetails(request));
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
        try {
            CurrentTenant.callAsTenant(caller.tenant(), () -> {
                chain.doFilter(request, response);
                return null;
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private static Optional<String> sent(HttpServletRequest request) {
        @Nullable String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.of(header.substring(7).strip())
                : Optional.empty();
    }
}
