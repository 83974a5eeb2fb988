package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.server.VaadinRequest;
import java.util.function.Consumer;

/** Folds the navigation to its icons and back; kept for this browser. On phones it is a drawer, whatever was chosen. */
class Rail extends NativeButton {

    private static final String COOKIE = "perennial-rail";
    private boolean folded;

    /**
     * @param fold told at once how it stands, and at each change
     */
    Rail(Consumer<Boolean> fold) {
        addClassName("rail-toggle");
        getElement().setAttribute("type", "button");
        add(Icons.of("rail"));
        folded = BrowserChoice.of(VaadinRequest.getCurrent(), COOKIE)
                .filter("on"::equals)
                .isPresent();
        show(fold);
        addClickListener(e -> {
            folded = !folded;
            BrowserChoice.keep(COOKIE, folded ? "on" : "off");
            show(fold);
        });
    }

    private void show(Consumer<Boolean> fold) {
        String label = t(folded ? "shell.rail_unfold" : "shell.rail_fold");
        setTitle(label);
        getElement().setAttribute("aria-label", label);
        getElement().setAttribute("aria-expanded", Boolean.toString(!folded));
        fold.accept(folded);
    }
}
