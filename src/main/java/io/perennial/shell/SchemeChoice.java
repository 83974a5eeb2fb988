package io.perennial.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.server.VaadinRequest;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Light, dark, or as the device has it; kept in a cookie of this browser, so that the first paint is right. */
enum SchemeChoice {
    SYSTEM(ColorScheme.Value.SYSTEM),
    LIGHT(ColorScheme.Value.LIGHT),
    DARK(ColorScheme.Value.DARK);

    private static final String COOKIE = "perennial-scheme";

    private final ColorScheme.Value value;

    SchemeChoice(ColorScheme.Value value) {
        this.value = value;
    }

    ColorScheme.Value value() {
        return value;
    }

    static SchemeChoice current() {
        return of(VaadinRequest.getCurrent());
    }

    static SchemeChoice of(@Nullable VaadinRequest request) {
        return BrowserChoice.of(request, COOKIE)
                .flatMap(kept -> Arrays.stream(values())
                        .filter(choice -> choice.cookieValue().equals(kept))
                        .findFirst())
                .orElse(SYSTEM);
    }

    void choose(UI ui) {
        ui.getPage().setColorScheme(value);
        BrowserChoice.keep(COOKIE, cookieValue());
    }

    private String cookieValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
