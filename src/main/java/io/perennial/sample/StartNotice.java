package io.perennial.sample;

import io.perennial.accounts.SignInHint;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says at the end of a start where the console is and who may sign in. */
@Component
@ConditionalOnProperty("perennial.sample.enabled")
class StartNotice {

    private final SampleSignIns signIns;

    StartNotice(SampleSignIns signIns) {
        this.signIns = signIns;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            String lines = signIns.hints().stream()
                    .map(StartNotice::line)
                    .distinct()
                    .collect(Collectors.joining("\n  ", "  ", ""));
            // Said to who started it, not logged: logs hold no addresses, and these are to be read.
            System.out.printf(
                    "%n%nPerennial is ready: http://localhost:%d%nSign in with the password \"%s\" as one of%n%s%n%n",
                    web.getWebServer().getPort(), SampleBusiness.PASSWORD, lines);
        }
    }

    private static String line(SignInHint hint) {
        return "%-32s %-9s %s".formatted(hint.email(), hint.role(), hint.business());
    }
}
