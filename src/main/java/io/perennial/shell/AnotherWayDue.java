package io.perennial.shell;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;

/** The password was right, and the person's business lets nobody in by it: they have to come by its provider. */
class AnotherWayDue extends AuthenticationException {

    @Serial
    private static final long serialVersionUID = 1;

    private final @Nullable String provider;

    AnotherWayDue(@Nullable String provider) {
        super("Another way in is asked for");
        this.provider = provider;
    }

    /** The sign-in page, which says so. */
    String page() {
        return page(provider);
    }

    /** @param provider null if it is not configured any more */
    static String page(@Nullable String provider) {
        return "/login?only=" + (provider == null ? "" : provider);
    }
}
