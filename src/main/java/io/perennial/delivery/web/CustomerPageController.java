package io.perennial.delivery.web;

import io.perennial.delivery.CustomerResponses;
import io.perennial.delivery.CustomerResponses.Page;
import io.perennial.uikit.MessageBundles;
import io.perennial.uikit.PagePolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Unsubscribing: plain pages without scripts, sessions and cookies. GET changes nothing. */
@Controller
class CustomerPageController {

    private final CustomerResponses responses;

    CustomerPageController(CustomerResponses responses) {
        this.responses = responses;
    }

    @ModelAttribute
    void protect(HttpServletRequest request, HttpServletResponse response) {
        PagePolicy.protect(request, response);
    }

    @GetMapping("/p/u/{token}")
    ModelAndView askUnsubscribe(@PathVariable String token, HttpServletRequest request) {
        return responses
                .unsubscribePage(token)
                .map(page -> page.topics().isEmpty() ? gone(page) : unsubscribeForm(page))
                .orElseGet(() -> CustomerPage.brokenLink(request));
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
                .map(page -> CustomerPage.message(
                                page.locale(),
                                page.business(),
                                page.look(),
                                words(page.locale(), "delivery.page.unsubscribed.title"),
                                page.topic() == null || all
                                        ? words(page.locale(), "delivery.page.unsubscribed.all", page.business())
                                        : words(
                                                page.locale(),
                                                "delivery.page.unsubscribed.topic",
                                                page.topic(),
                                                page.business()),
                                page.topics().isEmpty() ? null : page.preferencesLink())
                        .addObject("done", true))
                .orElseGet(() -> CustomerPage.brokenLink(request));
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
                        "look", page.look(),
                        "page", page,
                        "title", words(page.locale(), "delivery.page.unsubscribe.title"),
                        "text", text,
                        "button", words(page.locale(), "delivery.page.unsubscribe.button"),
                        "allButton", words(page.locale(), "delivery.page.unsubscribe.all_button", page.business()),
                        "choose", words(page.locale(), "delivery.page.unsubscribe.choose")));
    }

    private static ModelAndView gone(Page page) {
        return CustomerPage.gone(page.locale(), page.business(), page.look());
    }

    private static String words(Locale locale, String key, Object... values) {
        return MessageBundles.text(key, locale, values);
    }
}
