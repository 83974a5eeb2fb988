package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinSession;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Membership;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.uikit.Toasts;
import java.util.Map;
import java.util.WeakHashMap;
import org.springframework.stereotype.Component;

/**
 * Tells open pages that their reader may do something else by now. They are not drawn anew: what is typed into them would be
 * lost. What their reader may no longer do, the services refuse from the next request on.
 */
@Component
class RightsNotice {

    private final Map<VaadinSession, Membership> seen = new WeakHashMap<>();

    /** The frame of the page shows what they may do as of now. */
    static void drawn(UI ui) {
        CurrentStaff.find()
                .map(StaffPrincipal::current)
                .ifPresent(place -> ComponentUtil.setData(ui, Membership.class, place));
    }

    /** Called again and again, on one thread: takes the session's lock only where something has changed. */
    synchronized void look(VaadinSession session, Membership now) {
        Membership before = seen.put(session, now);
        if (before == null || isOther(before, now)) {
            var _ = session.access(() -> session.getUIs().forEach(ui -> tell(ui, now)));
        }
    }

    private static void tell(UI ui, Membership now) {
        Membership drawn = ComponentUtil.getData(ui, Membership.class);
        if (drawn != null && isOther(drawn, now)) {
            ComponentUtil.setData(ui, Membership.class, now);
            var _ = ui.access(() -> Toasts.stays(
                    t(now.atWork() ? "shell.rights_changed" : "shell.rights_stopped", now.businessName()),
                    t("shell.rights_reload"),
                    () -> ui.getPage().reload()));
        }
    }

    private static boolean isOther(Membership before, Membership now) {
        return before.atWork() != now.atWork() || !before.permissions().equals(now.permissions());
    }
}
