package io.perennial.shell;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/** What tells a browser in which somebody signed in before; see {@code KnownDevices}. */
final class DeviceCookie {

    private static final String NAME = "perennial-device";

    private DeviceCookie() {}

    static @Nullable String of(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        return cookie == null ? null : cookie.getValue();
    }

    static void keep(String token, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(NAME, token)
                        .path(request.getContextPath() + "/")
                        .maxAge(Duration.ofDays(365))
                        .httpOnly(true)
                        .secure(WebHeadersFilter.isByTls(request))
                        .sameSite("Lax")
                        .build()
                        .toString());
    }
}
