package io.perennial.shell;

import io.perennial.accounts.NodeEnd;
import io.perennial.accounts.OperatorVisits;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.accounts.signin.StaffSessions;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/** Takes a session off its person's list when it is over on this node: signed out, switched, or not used for long. */
@Component
class SessionEnds implements HttpSessionListener {

    private static final Logger log = LoggerFactory.getLogger(SessionEnds.class);

    /** Late: the container wants its listeners before the database is there. */
    private final ObjectProvider<StaffSessions> sessions;

    private final ObjectProvider<OperatorVisits> visits;

    private final NodeEnd node;

    SessionEnds(ObjectProvider<StaffSessions> sessions, ObjectProvider<OperatorVisits> visits, NodeEnd node) {
        this.node = node;
        this.sessions = sessions;
        this.visits = visits;
    }

    /** Of those that end with their node the list says so after an hour: by then the database is out of reach. */
    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        Object context =
                event.getSession().getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        if (!node.isNear()
                && context instanceof SecurityContext security
                && security.getAuthentication() != null
                && security.getAuthentication().getDetails() instanceof SignInDetails details) {
            try {
                if (security.getAuthentication().getPrincipal() instanceof StaffPrincipal staff) {
                    visits.getObject().over(staff);
                }
                sessions.getObject().over(details);
            } catch (RuntimeException e) {
                log.warn("A session that is over stays in its person's list for an hour: {}", e.getMessage());
            }
        }
    }
}
