package io.perennial.delivery.web;

import io.perennial.delivery.CustomerLanguages;
import io.perennial.delivery.PageLook;
import io.perennial.uikit.MessageBundles;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/** What customers' pages have in common: their language, and pages of a few words. */
final class CustomerPage {

    private CustomerPage() {}

    /** The visitor's language by their browser, where it is written. */
    static Locale localeOf(HttpServletRequest request) {
        return CustomerLanguages.firstOf(Collections.list(request.getLocales()));
    }

    static ModelAndView gone(Locale locale, String business, @Nullable PageLook look) {
        return message(
                locale,
                business,
                look,
                words(locale, "delivery.page.gone.title"),
                words(locale, "delivery.page.gone.text", business),
                null);
    }

    /** For a link that was not signed here, or was changed on its way. Says nothing about what exists. */
    static ModelAndView brokenLink(HttpServletRequest request) {
        Locale locale = localeOf(request);
        ModelAndView view = message(
                locale,
                "",
                null,
                words(locale, "delivery.page.broken.title"),
                words(locale, "delivery.page.broken.text"),
                null);
        view.setStatus(HttpStatus.BAD_REQUEST);
        return view;
    }

    static ModelAndView message(
            Locale locale,
            String business,
            @Nullable PageLook look,
            String title,
            String text,
            @Nullable String preferences) {
        return message(locale, business, look, title, List.of(text), preferences);
    }

    static ModelAndView message(
            Locale locale,
            String business,
            @Nullable PageLook look,
            String title,
            List<String> texts,
            @Nullable String preferences) {
        ModelAndView view = new ModelAndView("delivery/message");
        view.addObject("lang", locale.getLanguage());
        view.addObject("business", business);
        view.addObject("look", look);
        view.addObject("title", title);
        view.addObject("texts", texts);
        view.addObject("preferences", preferences);
        view.addObject("change", words(locale, "delivery.page.change"));
        return view;
    }

    static String words(Locale locale, String key, Object... values) {
        return MessageBundles.text(key, locale, values);
    }
}
