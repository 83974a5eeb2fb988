package io.perennial.shell;

import io.perennial.uikit.PagePolicy;
import io.perennial.uikit.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/**
 * The plain pages around signing in. They are not Vaadin's: nobody is signed in yet, so there is no session of the console
 * whose other pages could be reached.
 */
final class SignInPage {

    private SignInPage() {}

    /**
     * As all plain pages, and scripts and fonts of ours: a passkey is asked for by a script. A form that comes again because its
     * page was too old says so.
     */
    static void protect(HttpServletRequest request, HttpServletResponse response) {
        PagePolicy.protect(request, response, "script-src 'self'; connect-src 'self'; font-src 'self'; ");
        if (request.getMethod().equals("GET") && KeptForm.isStale(request)) {
            request.setAttribute("notice", Texts.t("shell.stale_form"));
        }
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
