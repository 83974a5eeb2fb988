package io.perennial.sample;

import io.perennial.accounts.SignInHint;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says at the end of a start where the console is and who may sign in. */
@Component
@ConditionalOnProperty("perennial.sample.enabled")
class StartNotice {

    private static final Logger log = LoggerFactory.getLogger("Perennial");

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
            log.info(
                    "\n\nPerennial is ready: http://localhost:{}\nSign in with the password \"{}\" as one of\n{}\n",
                    web.getWebServer().getPort(),
                    SampleBusiness.PASSWORD,
                    lines);
        }
    }

    private static String line(SignInHint hint) {
        return "%-32s %-9s %s".formatted(hint.email(), hint.role(), hint.business());
    }
}
