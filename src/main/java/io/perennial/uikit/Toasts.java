package io.perennial.uikit;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/** Short messages after a deed. Errors stay until closed by time enough to read them. */
public final class Toasts {

    private Toasts() {}

    public static void success(String text) {
        Notification.show(text, 4_000, Notification.Position.BOTTOM_START)
                .addThemeVariants(NotificationVariant.SUCCESS);
    }

    /**
     * The same with a way back, for long enough to take it.
     *
     * @param action the word for it: "Undo"
     */
    public static void success(String text, String action, Runnable deed) {
        withAction(text, action, deed, 10_000).addThemeVariants(NotificationVariant.SUCCESS);
    }

    /** What one has to know and may act on in one's own time: stays until then. */
    public static void stays(String text, String action, Runnable deed) {
        withAction(text, action, deed, 0).addThemeVariants(NotificationVariant.WARNING);
    }

    private static Notification withAction(String text, String action, Runnable deed, int millis) {
        Notification toast = new Notification();
        toast.setDuration(millis);
        toast.setPosition(Notification.Position.BOTTOM_START);
        Button button = new Button(action, e -> {
            toast.close();
            deed.run();
        });
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        Div content = new Div(new Span(text), button);
        content.addClassName("toast-action");
        toast.add(content);
        toast.open();
        return toast;
    }

    public static void error(String text) {
        Notification.show(text, 10_000, Notification.Position.BOTTOM_START).addThemeVariants(NotificationVariant.ERROR);
    }
}
