package io.perennial.shell;

import io.micrometer.core.instrument.Metrics;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.stereotype.Component;

/** Counts sign-ins by what became of them; never by whose. */
@Component
class SignInMeters {

    private static final String NAME = "perennial.sign.ins";

    @EventListener
    void signedIn(InteractiveAuthenticationSuccessEvent event) {
        count("ok");
    }

    @EventListener
    void refused(AbstractAuthenticationFailureEvent event) {
        count("failed");
    }

    static void failed() {
        count("failed");
    }

    static void throttled() {
        count("throttled");
    }

    private static void count(String outcome) {
        Metrics.counter(NAME, "outcome", outcome).increment();
    }
}
