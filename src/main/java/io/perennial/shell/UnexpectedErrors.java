package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.StepUp;
import io.perennial.kernel.ErrorIds;
import io.perennial.uikit.Toasts;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;

/** A fault behind a click: said in plain words with an id that is also in the log; nothing of it is shown. */
class UnexpectedErrors implements ErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(UnexpectedErrors.class);

    /** For as long as somebody has the fault: faults are equal to none but themselves. */
    private static final Map<Throwable, String> LOGGED = new WeakHashMap<>();

    private final StepUp stepUp;

    UnexpectedErrors(StepUp stepUp) {
        this.stepUp = stepUp;
    }

    @Override
    public void error(ErrorEvent event) {
        if (needsProof(event.getThrowable())) {
            // Nothing was done yet: once the person has shown that it is them, the same click does it.
            stepUp.then(() -> Toasts.success(t("accounts.proof.again")));
            return;
        }
        String message = message(event.getThrowable());
        UI ui = UI.getCurrent();
        if (ui != null && ui.isAttached() && !ui.isClosing()) {
            var _ = ui.access(() -> tell(message));
        }
    }

    /** A fault of the telling itself must not come back here: it would be told again, for ever. */
    private static void tell(String message) {
        try {
            Toasts.error(message);
        } catch (RuntimeException | LinkageError e) {
            log.warn("The page could not be told of an error", e);
        }
    }

    /** What stands where a part of the frame around the pages could not be drawn. */
    static String ofFrame(Throwable fault) {
        return isDatabaseAway(fault) ? t("shell.away_hint") : t("shell.frame_fault", logged(fault));
    }

    private static String message(Throwable fault) {
        if (isDenied(fault)) {
            return t("shell.denied_deed");
        }
        return isDatabaseAway(fault) ? t("shell.away_deed") : t("shell.error_deed", logged(fault));
    }

    private static boolean needsProof(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof FreshProof.Needed) {
                return UI.getCurrent() != null;
            }
        }
        return false;
    }

    /** Whether it is only that the database does not answer, which passes by itself. */
    static boolean isDatabaseAway(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof SQLTransientConnectionException
                    || t instanceof SQLNonTransientConnectionException
                    || t instanceof SQLRecoverableException) {
                log.warn("The database does not answer: {}", t.getMessage());
                return true;
            }
        }
        return false;
    }

    /**
     * Logs the fault and gives the id under which the log has it; where several are told of one fault (a download that breaks is
     * Vaadin's and then the container's), it is logged once.
     */
    static String logged(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        synchronized (LOGGED) {
            String known = LOGGED.get(root);
            if (known != null) {
                return known;
            }
            String id = ErrorIds.next();
            LOGGED.put(root, id);
            log.error("Unexpected error {}", id, fault);
            return id;
        }
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
