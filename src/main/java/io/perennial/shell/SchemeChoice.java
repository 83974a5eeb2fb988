package io.perennial.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinResponse;
import jakarta.servlet.http.Cookie;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Light, dark, or as the device has it; kept in a cookie of this browser, so that the first paint is right. */
enum SchemeChoice {
    SYSTEM(ColorScheme.Value.SYSTEM),
    LIGHT(ColorScheme.Value.LIGHT),
    DARK(ColorScheme.Value.DARK);

    private static final String COOKIE = "perennial-scheme";
    private static final int A_YEAR = 365 * 24 * 60 * 60;

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
        Cookie[] cookies = request == null ? null : request.getCookies();
        if (cookies == null) {
            return SYSTEM;
        }
        return Arrays.stream(cookies)
                .filter(c -> COOKIE.equals(c.getName()))
                .flatMap(
                        c -> Arrays.stream(values()).filter(v -> v.cookieValue().equals(c.getValue())))
                .findFirst()
                .orElse(SYSTEM);
    }

    void choose(UI ui) {
        ui.getPage().setColorScheme(value);
        Cookie cookie = new Cookie(COOKIE, cookieValue());
        cookie.setPath("/");
        cookie.setMaxAge(A_YEAR);
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Lax");
        VaadinResponse.getCurrent().addCookie(cookie);
    }

    private String cookieValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
