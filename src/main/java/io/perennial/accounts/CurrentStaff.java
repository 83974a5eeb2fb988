package io.perennial.accounts;

import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who is signed in on this thread. */
public final class CurrentStaff {

    private CurrentStaff() {}

    /** The signed-in member of staff; empty for background work and visitors. */
    public static Optional<StaffPrincipal> find() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof StaffPrincipal staff
                ? Optional.of(staff)
                : Optional.empty();
    }

    /** Whether the one on this thread may do this. */
    public static boolean may(Permission permission) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null
                && authentication.getAuthorities().stream()
                        .anyMatch(a -> permission.authority().equals(a.getAuthority()));
    }
}
