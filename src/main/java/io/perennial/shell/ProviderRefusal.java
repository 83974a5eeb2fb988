package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.signin.ProviderRefused;
import io.perennial.kernel.ErrorIds;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/**
 * The page for who was not let in by a provider: what happened and what to do, with the id under which the log says why.
 * The log names the provider and the reason, never the person.
 */
final class ProviderRefusal {

    private static final Logger log = LoggerFactory.getLogger(ProviderRefusal.class);

    private ProviderRefusal() {}

    static ModelAndView of(String provider, ProviderRefused refused) {
        HttpStatus status = refused.reason() == ProviderRefused.Reason.UNREACHABLE
                ? HttpStatus.SERVICE_UNAVAILABLE
                : HttpStatus.UNPROCESSABLE_CONTENT;
        String why = refused.reason().name().toLowerCase(Locale.ROOT);
        return page(provider, why, status, String.valueOf(refused.getMessage()));
    }

    /** @param why the end of the texts' keys */
    static ModelAndView of(String provider, String why, HttpStatus status, Object... values) {
        return page(provider, why, status, "", values);
    }

    private static ModelAndView page(String provider, String why, HttpStatus status, String detail, Object... values) {
        SignInMeters.failed();
        String id = ErrorIds.next();
        // What stands in the address is anybody's text.
        String named = provider.matches("[a-z0-9-]{1,40}") ? provider : "of another name";
        log.warn("Refused {}: a sign-in by the OpenID provider {} was {}. {}", id, named, why, detail);
        ModelAndView page = SignInPage.message(
                t("shell.provider." + why),
                t("shell.provider." + why + "_text", values),
                t("shell.back_to_sign_in"),
                "/login");
        page.addObject("note", t("shell.provider.id", id));
        page.setStatus(status);
        return page;
    }
}
