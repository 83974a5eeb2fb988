package io.perennial.shell;

import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import io.perennial.uikit.PagePolicy;

/**
 * What the console's own pages may do. Scripts are files of ours, or bear the request's nonce; Vaadin's client makes functions
 * of what the server sends ({@code 'unsafe-eval'}), and styles are written into elements by its parts and by the mails that
 * are shown, in frames where nothing runs. Pictures may come from elsewhere for those mails' sake.
 *
 * @see <a href="../../../../../../docs/decisions/0906-headers.md">0906-headers.md</a>
 */
final class ConsolePolicy {

    private ConsolePolicy() {}

    static void protect(IndexHtmlResponse page) {
        String nonce = PagePolicy.nonce(((VaadinServletRequest) page.getVaadinRequest()).getHttpServletRequest());
        page.getDocument().getElementsByTag("script").attr("nonce", nonce);
        page.getVaadinResponse()
                .setHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self' 'nonce-" + nonce + "' 'unsafe-eval'; "
                                + "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https: http:; "
                                + "font-src 'self' data:; connect-src 'self'; manifest-src 'self'; object-src 'none'; "
                                + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'");
        page.getVaadinResponse().setHeader("Referrer-Policy", "same-origin");
    }
}
