package io.perennial.uikit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.http.HttpHeaders;

/**
 * What browsers may do with the plain pages that are not Vaadin's: customers' pages, those around signing in, and errors.
 * They run no script, and of styles only those that bear the request's nonce.
 *
 * @see <a href="../../../../../../docs/decisions/0906-headers.md">0906-headers.md</a>
 */
public final class PagePolicy {

    /** For everything that is no page: nothing of it is ever run, framed or sent. */
    public static final String NOTHING =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Under this name templates find it: {@code <style th:attr="nonce=${pageNonce}">}. */
    private static final String NONCE = "pageNonce";

    private static final SecureRandom RANDOM = new SecureRandom();

    private PagePolicy() {}

    /** A number used once, by which the browser knows this answer's own scripts and styles; 128 random bits in Base64. */
    public static String nonce(HttpServletRequest request) {
        if (request.getAttribute(NONCE) instanceof String made) {
            return made;
        }
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        String nonce = Base64.getEncoder().encodeToString(bits);
        request.setAttribute(NONCE, nonce);
        return nonce;
    }

    /** Nothing from elsewhere is loaded, nothing is kept, nobody frames it, and no address, which may hold a token, is told. */
    public static void protect(HttpServletRequest request, HttpServletResponse response) {
        protect(request, response, "");
    }

    /** @param more directives that this page needs besides, each with its semicolon and a blank */
    public static void protect(HttpServletRequest request, HttpServletResponse response, String more) {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; " + more + "style-src 'nonce-" + nonce(request)
                        + "'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
    }
}
