package io.perennial.delivery.web;

import io.perennial.delivery.CustomerLanguages;
import io.perennial.delivery.CustomerResponses;
import io.perennial.delivery.CustomerResponses.Page;
import io.perennial.uikit.MessageBundles;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Unsubscribing and choosing topics: plain pages without scripts, sessions and cookies. GET changes nothing. */
@Controller
class CustomerPageController {

    private final CustomerResponses responses;

    CustomerPageController(CustomerResponses responses) {
        this.responses = responses;
    }

    /** Nothing from elsewhere is loaded, nothing is kept, nobody frames it. */
    @ModelAttribute
    void protect(HttpServletResponse response) {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; base-uri 'none'; "
                        + "frame-ancestors 'none'");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
    }

    @GetMapping("/p/u/{token}")
    ModelAndView askUnsubscribe(@PathVariable String token, HttpServletRequest request) {
        return responses
                .unsubscribePage(token)
                .map(page -> page.topics().isEmpty() ? gone(page) : unsubscribeForm(page))
                .orElseGet(() -> brokenLink(request));
    }

    /** RFC 8058: mailbox providers post {@code List-Unsubscribe=One-Click} here, without asking and maybe repeatedly. */
    @PostMapping("/p/u/{token}")
    ModelAndView unsubscribe(
            @PathVariable String token,
            @RequestParam(name = "List-Unsubscribe", required = false) @Nullable String oneClick,
            @RequestParam(name = "all", defaultValue = "false") boolean all,
            @RequestHeader(name = HttpHeaders.USER_AGENT, required = false) @Nullable String userAgent,
            HttpServletRequest request) {
        String how = oneClick != null ? "one-click" : "unsubscribe page";
        return responses
                .unsubscribe(token, all, how, userAgent)
                .map(page -> message(
                        page.locale(),
                        page.business(),
                        words(page.locale(), "delivery.page.unsubscribed.title"),
                        page.topic() == null || all
                                ? words(page.locale(), "delivery.page.unsubscribed.all", page.business())
                                : words(
                                        page.locale(),
                                        "delivery.page.unsubscribed.topic",
                                        page.topic(),
                                        page.business()),
                        page.topics().isEmpty() ? null : page.preferencesLink()))
                .orElseGet(() -> brokenLink(request));
    }

    @GetMapping("/p/preferences/{token}")
    ModelAndView askPreferences(@PathVariable String token, HttpServletRequest request) {
        return responses
                .preferencesPage(token)
                .map(page -> page.topics().isEmpty() ? gone(page) : preferencesForm(page))
                .orElseGet(() -> brokenLink(request));
    }

    @PostMapping("/p/preferences/{token}")
    ModelAndView savePreferences(
            @PathVariable String token,
            @RequestParam(name = "topic", required = false) @Nullable List<String> topics,
            @RequestParam(name = "asked", defaultValue = "false") boolean asked,
            @RequestParam(name = "tracking", defaultValue = "false") boolean tracking,
            HttpServletRequest request) {
        return responses
                .choose(token, topics == null ? new HashSet<>() : new HashSet<>(topics), asked ? tracking : null)
                .map(page -> message(
                        page.locale(),
                        page.business(),
                        words(page.locale(), "delivery.page.saved.title"),
                        words(page.locale(), "delivery.page.saved.text", page.business()),
                        page.topics().isEmpty() ? null : page.preferencesLink()))
                .orElseGet(() -> brokenLink(request));
    }

    private static ModelAndView unsubscribeForm(Page page) {
        String text = page.topic() == null
                ? words(page.locale(), "delivery.page.unsubscribe.all", page.business(), page.address())
                : words(
                        page.locale(),
                        "delivery.page.unsubscribe.topic",
                        page.business(),
                        page.topic(),
                        page.address());
        return new ModelAndView(
                "delivery/unsubscribe",
                Map.of(
                        "lang", page.locale().getLanguage(),
                        "page", page,
                        "title", words(page.locale(), "delivery.page.unsubscribe.title"),
                        "text", text,
                        "button", words(page.locale(), "delivery.page.unsubscribe.button"),
                        "allButton", words(page.locale(), "delivery.page.unsubscribe.all_button", page.business()),
                        "choose", words(page.locale(), "delivery.page.unsubscribe.choose")));
    }

    private static ModelAndView preferencesForm(Page page) {
        return new ModelAndView(
                "delivery/preferences",
                Map.of(
                        "lang", page.locale().getLanguage(),
                        "page", page,
                        "title", words(page.locale(), "delivery.page.preferences.title"),
                        "text", words(page.locale(), "delivery.page.preferences.text", page.business(), page.address()),
                        "none", words(page.locale(), "delivery.page.preferences.none"),
                        "tracking", words(page.locale(), "delivery.page.preferences.tracking", page.business()),
                        "trackingWhat", words(page.locale(), "delivery.page.preferences.tracking_what"),
                        "button", words(page.locale(), "delivery.page.preferences.button")));
    }

    private static ModelAndView gone(Page page) {
        return message(
                page.locale(),
                page.business(),
                words(page.locale(), "delivery.page.gone.title"),
                words(page.locale(), "delivery.page.gone.text", page.business()),
                null);
    }

    /** For a link that was not signed here, or was changed on its way. Says nothing about what exists. */
    static ModelAndView brokenLink(HttpServletRequest request) {
        Locale locale = CustomerLanguages.firstOf(Collections.list(request.getLocales()));
        ModelAndView view = message(
                locale,
                "",
                words(locale, "delivery.page.broken.title"),
                words(locale, "delivery.page.broken.text"),
                null);
        view.setStatus(HttpStatus.BAD_REQUEST);
        return view;
    }

    private static ModelAndView message(
            Locale locale, String business, String title, String text, @Nullable String preferences) {
        ModelAndView view = new ModelAndView("delivery/message");
        view.addObject("lang", locale.getLanguage());
        view.addObject("business", business);
        view.addObject("title", title);
        view.addObject("text", text);
        view.addObject("preferences", preferences);
        view.addObject("change", words(locale, "delivery.page.change"));
        return view;
    }

    private static String words(Locale locale, String key, Object... values) {
        return MessageBundles.text(key, locale, values);
    }
}
