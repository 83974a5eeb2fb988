package io.perennial.shell;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.stereotype.Component;

/** Counts sign-ins by what became of them; never by whose. */
@Component
class SignInMeters implements MeterBinder {

    private static final String NAME = "perennial.sign.ins";

    /** Each outcome from the start, at nothing. */
    @Override
    public void bindTo(MeterRegistry registry) {
        List.of("ok", "failed", "throttled").forEach(outcome -> counter(registry, outcome));
    }

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
        counter(Metrics.globalRegistry, outcome).increment();
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder(NAME)
                .description("Attempts to sign in on this node; throttled ones were not looked at")
                .tag("outcome", outcome)
                .register(registry);
    }
}
