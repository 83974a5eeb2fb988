package io.perennial.shell;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.WrappedSession;
import io.perennial.accounts.Membership;
import io.perennial.accounts.PersonNow;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.accounts.signin.StaffSessions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Closes the pages of this node whose session is over by what the database says. A page that is only looked at makes no request
 * that {@link MembershipFilter} would hold against it, and goes on hearing by push; it would stand there until its browser's next
 * sign of life, minutes later. Those who may do something else by now, because their role changed or their business was stopped,
 * are told.
 */
@Component
class OpenPages implements VaadinServiceInitListener {

    /** Seconds; what is ended on one node is off the screens of another by then. Two reads by primary key a session. */
    static final int LOOKED_AT_EVERY = 10;

    private static final Logger log = LoggerFactory.getLogger(OpenPages.class);

    private final StaffSessions sessions;
    private final PersonNow people;
    private final RightsNotice rights;
    private final Set<VaadinSession> open = ConcurrentHashMap.newKeySet();

    OpenPages(StaffSessions sessions, PersonNow people, RightsNotice rights) {
        this.rights = rights;
        this.sessions = sessions;
        this.people = people;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addSessionInitListener(begun -> open.add(begun.getSession()));
        event.getSource().addSessionDestroyListener(over -> open.remove(over.getSession()));
    }

    @Scheduled(initialDelay = LOOKED_AT_EVERY, fixedDelay = LOOKED_AT_EVERY, timeUnit = TimeUnit.SECONDS)
    void look() {
        for (VaadinSession each : open) {
            try {
                WrappedSession session = each.getSession();
                if (session != null) {
                    look(each, session);
                }
            } catch (IllegalStateException e) {
                log.debug("A session ended by itself meanwhile"); // and takes itself out
            } catch (RuntimeException e) {
                log.warn("Open pages could not be held against the database: {}", e.getMessage());
                return;
            }
        }
    }

    private void look(VaadinSession pages, WrappedSession session) {
        if (session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                        instanceof SecurityContext context
                && context.getAuthentication() != null
                && context.getAuthentication().getPrincipal() instanceof StaffPrincipal staff
                && context.getAuthentication().getDetails() instanceof SignInDetails details) {
            Optional<Membership> place =
                    sessions.wouldGoOn(details, staff) ? people.place(staff) : Optional.<Membership>empty();
            if (place.isPresent()) {
                rights.look(pages, place.get());
            } else {
                // Their pages hear of it by push, and reload themselves to the sign-in page.
                session.invalidate();
            }
        }
    }
}
