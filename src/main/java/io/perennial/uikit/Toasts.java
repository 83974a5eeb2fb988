package io.perennial.uikit;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/** Short messages after a deed. Errors stay until closed by time enough to read them. */
public final class Toasts {

    private Toasts() {}

    public static void success(String text) {
        Notification.show(text, 4_000, Notification.Position.BOTTOM_START)
                .addThemeVariants(NotificationVariant.SUCCESS);
    }

    public static void error(String text) {
        Notification.show(text, 10_000, Notification.Position.BOTTOM_START).addThemeVariants(NotificationVariant.ERROR);
    }
}
