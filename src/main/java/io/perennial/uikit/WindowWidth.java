package io.perennial.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import java.util.function.IntConsumer;

/** How wide the window is, when something is shown in it and whenever that changes: phones are turned, windows pulled. */
public final class WindowWidth {

    private WindowWidth() {}

    /**
     * Tells the width of the window while a component is in it.
     *
     * @param width in CSS pixels; as wide as can be where the browser has not told it
     */
    public static void follow(Component component, IntConsumer width) {
        component.addAttachListener(attached -> {
            Page page = attached.getUI().getPage();
            Registration resized = page.addBrowserWindowResizeListener(e -> width.accept(e.getWidth()));
            component.addDetachListener(detached -> {
                resized.remove();
                detached.unregisterListener();
            });
            int now = page.getExtendedClientDetails().getWindowInnerWidth();
            width.accept(now > 0 ? now : Integer.MAX_VALUE);
        });
    }

    /** Shows these columns of a grid only where the window is at least so wide. */
    public static void columnsFrom(int width, Grid<?> grid, List<? extends Grid.Column<?>> columns) {
        follow(grid, now -> columns.forEach(column -> column.setVisible(now >= width)));
    }
}
