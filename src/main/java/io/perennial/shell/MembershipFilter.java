package io.perennial.shell;

import com.vaadin.flow.server.HandlerHelper;
import com.vaadin.flow.shared.ApplicationConstants;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Membership;
import io.perennial.accounts.OperatorVisits;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.accounts.signin.StaffSessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds each request against what the database says now: a changed role and a renamed business are taken over, and a
 * session ends when its person was removed from the business, was disabled, changed their password or ended it elsewhere.
 * Two reads by primary key a request.
 * Decision record 0102 says why not a cache.
 */
class MembershipFilter extends OncePerRequestFilter {

    private final StaffAccounts accounts;
    private final StaffSessions sessions;
    private final OperatorVisits visits;
    private final RequestCache wanted;

    MembershipFilter(StaffAccounts accounts, StaffSessions sessions, OperatorVisits visits, RequestCache wanted) {
        this.wanted = wanted;
        this.accounts = accounts;
        this.sessions = sessions;
        this.visits = visits;
    }

    /** Files of the console are the same for everybody. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.startsWith("/VAADIN/build/")
                || path.startsWith("/fonts/")
                || path.startsWith("/icons/")
                || path.startsWith("/images/")
                || path.equals("/passkeys.js")
                || path.equals("/styles.css");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<StaffPrincipal> staff = CurrentStaff.find();
        if (staff.flatMap(StaffPrincipal::visit).isPresent() && !visitGoesOn(staff.get(), request, response)) {
            return;
        }
        if (staff.isPresent()
                && staff.get().visit().isEmpty()
                && !(goesOn(staff.get(), request) && stillHolds(staff.get(), request, response))) {
            ConsoleSessions.end(request);
            if (BesidePageFilter.toldLongPoll(request, response)) {
                return;
            }
            if (!isFromOpenPage(request)) {
                toSignIn(request, response);
                return;
            }
            // Vaadin answers an open page that its session is over; the page reloads and lands at the sign-in.
        }
        chain.doFilter(request, response);
    }

    /**
     * Lets an operator go on inside a business, or leads them home when that is over.
     *
     * @return false where the request is answered
     */
    private boolean visitGoesOn(StaffPrincipal visitor, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean sessionHolds = goesOn(visitor, request);
        Optional<Membership> now = sessionHolds ? visits.membershipNow(visitor) : Optional.empty();
        if (now.isPresent()) {
            if (!now.get().equals(visitor.current())) {
                ConsoleSessions.renew(visitor.stillVisiting(now.get()), request, response);
            }
            return true;
        }
        Optional<StaffPrincipal> home = sessionHolds ? visits.home(visitor) : Optional.empty();
        if (home.isPresent()) {
            ConsoleSessions.restart(home.get(), request, response);
        } else {
            ConsoleSessions.end(request);
        }
        // Vaadin answers an open page that its session is over; it reloads.
        if (isFromOpenPage(request)) {
            return true;
        }
        if (home.isPresent()) {
            response.sendRedirect(request.getContextPath() + "/operator/businesses?over");
        } else {
            toSignIn(request, response);
        }
        return false;
    }

    /** From where they come back to the page they wanted. */
    private void toSignIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (HttpMethod.GET.matches(request.getMethod())
                && !request.getServletPath().startsWith("/sign-")) {
            wanted.saveRequest(request, response);
        }
        response.sendRedirect(request.getContextPath() + "/login?ended");
    }

    /** A session without details did not come in by a door of ours. */
    private boolean goesOn(StaffPrincipal staff, HttpServletRequest request) {
        return SignInDetails.current()
                .map(details -> sessions.goesOn(details, staff, request.getRemoteAddr()))
                .orElse(false);
    }

    private boolean stillHolds(StaffPrincipal staff, HttpServletRequest request, HttpServletResponse response) {
        Optional<Membership> membership = accounts.membershipNow(staff);
        if (membership.isPresent() && !membership.get().equals(staff.current())) {
            Optional<StaffPrincipal> now = accounts.reload(staff.accountId(), staff.tenant());
            now.ifPresent(fresh -> ConsoleSessions.renew(fresh, request, response));
            return now.isPresent();
        }
        return membership.isPresent();
    }

    private static boolean isFromOpenPage(HttpServletRequest request) {
        String type = request.getParameter(ApplicationConstants.REQUEST_TYPE_PARAMETER);
        return HandlerHelper.RequestType.UIDL.getIdentifier().equals(type)
                || HandlerHelper.RequestType.HEARTBEAT.getIdentifier().equals(type)
                || HandlerHelper.RequestType.PUSH.getIdentifier().equals(type);
    }
}
