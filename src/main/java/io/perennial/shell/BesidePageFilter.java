package io.perennial.shell;

import com.vaadin.flow.server.HandlerHelper.RequestType;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.shared.ApplicationConstants;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.web.util.OnCommittedResponseWrapper;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps what an open page asks beside from giving its browser a session: pushes, signs of life, scripts and pictures. Such a
 * request may be on its way while the browser is given another session, by signing in or by going to another business. It
 * names the old one, which is over; a new one, of nobody, would come after the right one and take its place: the person would
 * find themselves signed out. Only addresses people open, and what they do there, begin sessions.
 */
class BesidePageFilter extends OncePerRequestFilter {

    private static final String BESIDE = BesidePageFilter.class.getName();

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(BESIDE) == null && !isBeside(request)) {
            chain.doFilter(request, response);
            return;
        }
        if (SignInDue.isOver(request) && toldLongPoll(request, response)) {
            return;
        }
        // The page of an error is asked for by another address.
        request.setAttribute(BESIDE, true);
        String cookie = Objects.requireNonNullElse(
                request.getServletContext().getSessionCookieConfig().getName(), "JSESSIONID");
        WithoutCookie answer = new WithoutCookie(response, cookie + '=');
        try {
            chain.doFilter(request, answer);
        } finally {
            answer.onResponseCommitted();
        }
    }

    private static boolean isBeside(HttpServletRequest request) {
        return request.getServletPath().startsWith("/VAADIN/")
                || isOfType(RequestType.HEARTBEAT, request)
                || isOfType(RequestType.PUSH, request)
                // What a person does in a page may lead into another session, but not from one that is over.
                || (isOfType(RequestType.UIDL, request) && SignInDue.isOver(request));
    }

    /** By the address alone: a parameter may be in the body, which whoever it is for wants to read. */
    private static boolean isOfType(RequestType type, HttpServletRequest request) {
        String query = request.getQueryString();
        return query != null
                && List.of(query.split("&"))
                        .contains(ApplicationConstants.REQUEST_TYPE_PARAMETER + '=' + type.getIdentifier());
    }

    /**
     * Tells a page that hears by long polling, because no WebSocket gets through, that its session is over. Asked itself,
     * Atmosphere would begin another session before Vaadin says so.
     *
     * @return false where this request is none of such a page; then nothing was written
     */
    static boolean toldLongPoll(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isOfType(RequestType.PUSH, request) || request.getHeader(HttpHeaders.UPGRADE) != null) {
            return false;
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getWriter().write(VaadinService.createSessionExpiredJSON(true));
        return true;
    }

    private static final class WithoutCookie extends OnCommittedResponseWrapper {

        private final String start;

        WithoutCookie(HttpServletResponse response, String start) {
            super(response);
            this.start = start;
        }

        @Override
        protected void onResponseCommitted() {
            Collection<String> all = getHeaders(HttpHeaders.SET_COOKIE);
            List<String> kept =
                    all.stream().filter(each -> !each.startsWith(start)).toList();
            if (kept.size() < all.size() && !isCommitted()) {
                super.setHeader(HttpHeaders.SET_COOKIE, null);
                kept.forEach(each -> super.addHeader(HttpHeaders.SET_COOKIE, each));
            }
        }
    }
}
