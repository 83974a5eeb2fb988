package io.perennial.accounts;

import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Whether somebody who was let in may still be there, and what they may do by now: a read by primary key. */
@Component
public class PersonNow {

    private final StaffAccounts accounts;
    private final OperatorVisits visits;

    PersonNow(StaffAccounts accounts, OperatorVisits visits) {
        this.accounts = accounts;
        this.visits = visits;
    }

    /**
     * Their place as it is now.
     *
     * @return empty if they were removed, disabled or have another password, or if their visit is over
     */
    public Optional<Membership> place(StaffPrincipal staff) {
        return staff.visit().isPresent() ? visits.membershipNow(staff) : accounts.membershipNow(staff);
    }

    /** The same person as {@code then}, with what they may do now; whoever is none of the staff stays as they are. */
    Optional<Authentication> now(Authentication then) {
        if (!(then.getPrincipal() instanceof StaffPrincipal staff)) {
            return Optional.of(then);
        }
        return place(staff).map(place -> {
            if (place.equals(staff.current())) {
                return then;
            }
            StaffPrincipal fresh = staff.at(place);
            UsernamePasswordAuthenticationToken now =
                    UsernamePasswordAuthenticationToken.authenticated(fresh, null, fresh.getAuthorities());
            now.setDetails(then.getDetails());
            return now;
        });
    }
}
