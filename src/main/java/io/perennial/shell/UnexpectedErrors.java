package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import io.perennial.uikit.Toasts;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;

/** A fault behind a click: said in plain words with an id that is also in the log; nothing of it is shown. */
class UnexpectedErrors implements ErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(UnexpectedErrors.class);

    /** The smallest number that base 36 writes with six characters. */
    private static final long SIX_CHARACTERS = 60_466_176;

    @Override
    public void error(ErrorEvent event) {
        String message = isDenied(event.getThrowable())
                ? t("shell.denied_deed")
                : t("shell.error_deed", logged(event.getThrowable()));
        UI ui = UI.getCurrent();
        if (ui != null) {
            var _ = ui.access(() -> Toasts.error(message));
        }
    }

    /** Logs the fault and gives the id under which the log has it. */
    static String logged(Throwable fault) {
        String id = Long.toString(ThreadLocalRandom.current().nextLong(SIX_CHARACTERS, SIX_CHARACTERS * 36), 36)
                .toUpperCase(Locale.ROOT);
        log.error("Unexpected error {}", id, fault);
        return id;
    }

    static boolean isDenied(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof AccessDeniedException) {
                return true;
            }
        }
        return false;
    }
}
