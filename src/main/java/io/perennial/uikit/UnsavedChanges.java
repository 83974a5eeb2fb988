package io.perennial.uikit;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveEvent.ContinueNavigationAction;
import java.util.function.BooleanSupplier;

/** Asks before a page with something unsaved is left: save, leave without, or stay. */
public final class UnsavedChanges {

    private UnsavedChanges() {}

    /**
     * Holds the navigation until a person has answered.
     *
     * @param text what would be lost
     * @param save keeps it; false where that cannot be, which it has said then
     */
    public static void ask(BeforeLeaveEvent event, String text, BooleanSupplier save) {
        ContinueNavigationAction leaving = event.postpone();
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(t("uikit.leave_title"));
        dialog.setText(text);
        dialog.setConfirmText(t("uikit.leave_save"));
        dialog.setRejectText(t("uikit.leave_discard"));
        dialog.setCancelText(t("uikit.leave_stay"));
        dialog.setRejectable(true);
        dialog.setCancelable(true);
        dialog.addConfirmListener(e -> {
            if (save.getAsBoolean()) {
                leaving.proceed();
            } else {
                leaving.cancel();
            }
        });
        dialog.addRejectListener(e -> leaving.proceed());
        dialog.addCancelListener(e -> leaving.cancel());
        dialog.open();
    }
}
