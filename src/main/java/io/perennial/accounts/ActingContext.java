package io.perennial.accounts;

import com.vaadin.flow.server.VaadinSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;

/** Who acts within {@link ActingAs}, and the console session (if any) that the work was begun in. */
final class ActingContext extends SecurityContextImpl {

    private final transient @Nullable VaadinSession begunIn = VaadinSession.getCurrent();

    ActingContext(Authentication authentication) {
        super(authentication);
    }

    /** Not inside somebody else's session, whose pending work this thread may happen to run. */
    boolean holds() {
        return begunIn == VaadinSession.getCurrent();
    }
}
