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

    /** The name of whoever acts on this thread, a person or a program; empty for background work and visitors. */
    public static Optional<String> actorName() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof ProgramActor program
                ? Optional.of(program.actorName())
                : find().map(StaffPrincipal::displayName);
    }

    /** The program that acts on this thread; empty for everybody else. */
    static Optional<ProgramActor> program() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof ProgramActor program
                ? Optional.of(program)
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
