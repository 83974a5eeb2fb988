package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.VaadinSession;

/** Opens the search; looks like the field it leads to and names its keys. */
class SearchButton extends NativeButton {

    SearchButton(Runnable open) {
        addClassName("search-button");
        Span label = new Span(t("shell.search"));
        label.addClassName("search-button-label");
        Span keys = new Span(isMac() ? "⌘K" : "Ctrl K");
        keys.addClassName("search-button-keys");
        keys.getElement().setAttribute("aria-hidden", "true");
        add(Icons.of("search"), label, keys);
        getElement().setAttribute("aria-keyshortcuts", "Control+K Meta+K");
        getElement().setAttribute("type", "button");
        setTitle(t("shell.search"));
        addClickListener(e -> open.run());
    }

    private static boolean isMac() {
        VaadinSession session = VaadinSession.getCurrent();
        // Not every client says what it is.
        String agent = session == null ? null : session.getBrowser().getUserAgent();
        return agent != null && agent.contains("Mac OS X");
    }
}
