package io.perennial.shell;

import io.perennial.uikit.PagePolicy;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the strictest headers on every answer before anybody writes it, errors and refusals included; pages then allow
 * themselves what they need. One place instead of each security chain's own writers.
 *
 * @see <a href="../../../../../../docs/decisions/0906-headers.md">0906-headers.md</a>
 */
class WebHeadersFilter extends OncePerRequestFilter {

    static final String PERMISSIONS = "accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), "
            + "clipboard-read=(), display-capture=(), encrypted-media=(), fullscreen=(self), geolocation=(), "
            + "gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), "
            + "publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(), "
            + "serial=(), usb=(), xr-spatial-tracking=()";

    /** Files that are the same for everybody; how long they keep, their own handlers say. */
    private static final Pattern SHARED = Pattern.compile(
            "/(VAADIN/(build|static)|aura|fonts|icons|images)/.*|/(styles\\.css|passkeys\\.js)|/favicon\\.ico");

    /** What mail programs show from their own origin: the pixel of a mail. */
    private static final String PIXELS = "/p/o/";

    /** An attribute of each request: whether browsers reach the installation by https, as {@link #isByTls} reads it. */
    private static final String BY_TLS = WebHeadersFilter.class.getName() + ".byTls";

    private final String transport;
    private final boolean behindTls;

    /** @param behindTls whether the installation is reached by https, even if this hop of the request is not */
    WebHeadersFilter(WebProperties properties, boolean behindTls) {
        long seconds = properties.hsts().toSeconds();
        this.transport = seconds == 0 ? "" : "max-age=" + seconds;
        this.behindTls = behindTls;
    }

    /** Whether the browser came by https, though the last hop may be plain. */
    static boolean isByTls(HttpServletRequest request) {
        return request.isSecure() || Boolean.TRUE.equals(request.getAttribute(BY_TLS));
    }

    /** An error is another answer: what the broken page had allowed itself is taken back. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(BY_TLS, behindTls);
        String path = request.getRequestURI().substring(request.getContextPath().length());
        response.setHeader("Content-Security-Policy", PagePolicy.NOTHING);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Permissions-Policy", PERMISSIONS);
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", path.startsWith(PIXELS) ? "cross-origin" : "same-origin");
        if (!SHARED.matcher(path).matches()) {
            response.setHeader("Cache-Control", "no-store");
        }
        if (!transport.isEmpty() && isByTls(request)) {
            response.setHeader("Strict-Transport-Security", transport);
        }
        chain.doFilter(request, response);
    }
}
