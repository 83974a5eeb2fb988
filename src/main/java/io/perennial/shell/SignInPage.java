package io.perennial.shell;

import io.perennial.uikit.Texts;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/**
 * The plain pages around signing in. They are not Vaadin's: nobody is signed in yet, so there is no session of the console
 * whose other pages could be reached.
 */
final class SignInPage {

    private SignInPage() {}

    static void protect(HttpServletResponse response) {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; connect-src 'self'; font-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; "
                        + "base-uri 'none'; frame-ancestors 'none'");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // The address may hold a token.
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
    }

    static ModelAndView of(String template, String title) {
        return new ModelAndView("shell/" + template).addObject("title", title).addObject("words", new Words());
    }

    static ModelAndView message(String title, String text, String link, String path) {
        return of("message", title)
                .addObject("text", text)
                .addObject("link", link)
                .addObject("path", path);
    }

    static ModelAndView refused(ModelAndView page, HttpStatus status) {
        page.setStatus(status);
        return page;
    }

    /** The bundles, for templates. */
    static final class Words {

        public String of(String key, Object... values) {
            return Texts.t(key, values);
        }
    }
}
