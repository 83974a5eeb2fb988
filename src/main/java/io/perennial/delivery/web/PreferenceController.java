package io.perennial.delivery.web;

import static io.perennial.delivery.web.CustomerPage.words;

import io.perennial.customers.CustomerTongues;
import io.perennial.delivery.PreferenceCentre;
import io.perennial.delivery.PreferenceCentre.Centre;
import io.perennial.delivery.PreferenceCentre.Choice;
import io.perennial.uikit.PagePolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The preference centre: a plain page without scripts, sessions and cookies. GET changes nothing. */
@Controller
class PreferenceController {

    private final PreferenceCentre centre;

    PreferenceController(PreferenceCentre centre) {
        this.centre = centre;
    }

    @ModelAttribute
    void protect(HttpServletRequest request, HttpServletResponse response) {
        PagePolicy.protect(request, response);
    }

    @GetMapping("/p/preferences/{token}")
    ModelAndView ask(@PathVariable String token, HttpServletRequest request) {
        return answer(centre.page(token), request, PreferenceController::form);
    }

    @PostMapping("/p/preferences/{token}")
    ModelAndView save(
            @PathVariable String token,
            @RequestParam(name = "topic", required = false) @Nullable List<String> topics,
            @RequestParam(name = "asked", defaultValue = "false") boolean asked,
            @RequestParam(name = "tracking", defaultValue = "false") boolean tracking,
            @RequestParam(name = "pause", required = false) @Nullable String pause,
            @RequestParam(name = "language", required = false) @Nullable String language,
            @RequestParam(name = "leave", defaultValue = "false") boolean leave,
            HttpServletRequest request) {
        Optional<Centre> saved = leave
                ? centre.leave(token)
                : centre.save(
                        token,
                        new PreferenceCentre.Wishes(
                                topics == null ? new HashSet<>() : new HashSet<>(topics),
                                asked ? tracking : null,
                                pause == null || !pause.matches("\\d{1,3}") ? null : Integer.valueOf(pause),
                                language));
        return answer(saved, request, PreferenceController::saved);
    }

    private interface View {
        ModelAndView of(Centre page);
    }

    private static ModelAndView answer(Optional<Centre> page, HttpServletRequest request, View view) {
        return page.map(found -> found.topics().isEmpty()
                        ? CustomerPage.gone(found.locale(), found.business(), found.look())
                        : view.of(found))
                .orElseGet(() -> CustomerPage.brokenLink(request));
    }

    private static ModelAndView form(Centre page) {
        Locale locale = page.locale();
        Map<String, String> languages = new LinkedHashMap<>();
        CustomerTongues.WRITTEN.forEach(language -> languages.put(language, CustomerTongues.nameOf(language)));
        Map<String, Object> model = new HashMap<>();
        model.put("lang", locale.getLanguage());
        model.put("look", page.look());
        model.put("page", page);
        model.put("languages", languages);
        model.put(
                "pauses",
                PreferenceCentre.PAUSES.stream()
                        .collect(Collectors.toMap(
                                days -> days,
                                days -> words(locale, "delivery.page.pause." + days),
                                (a, b) -> a,
                                LinkedHashMap::new)));
        for (String key : List.of("title", "none", "button", "tracking_what", "pause", "language", "more")) {
            model.put(key, words(locale, "delivery.page.preferences." + key));
        }
        model.put("pauseNo", words(locale, "delivery.page.pause.no"));
        model.put("pauseEnd", words(locale, "delivery.page.pause.end"));
        model.put("pauseWhat", words(locale, "delivery.page.pause.what"));
        LocalDate until = page.pausedUntil();
        model.put(
                "pauseKeep",
                until == null
                        ? null
                        : words(locale, "delivery.page.pause.until", day(until, locale, FormatStyle.MEDIUM)));
        boolean nothing = page.topics().stream().noneMatch(Choice::chosen);
        model.put("nothing", nothing);
        model.put("state", nothing ? words(locale, "delivery.page.unsubscribed.all", page.business()) : blocked(page));
        model.put("text", words(locale, "delivery.page.preferences.text", page.business(), page.address()));
        model.put("tracking", words(locale, "delivery.page.preferences.tracking", page.business()));
        model.put("leave", words(locale, "delivery.page.unsubscribe.all_button", page.business()));
        return new ModelAndView("delivery/preferences", model);
    }

    private static ModelAndView saved(Centre page) {
        Locale locale = page.locale();
        String chosen =
                page.topics().stream().filter(Choice::chosen).map(Choice::name).collect(Collectors.joining(", "));
        List<String> lines = new ArrayList<>();
        lines.add(
                chosen.isEmpty()
                        ? words(locale, "delivery.page.unsubscribed.all", page.business())
                        : words(locale, "delivery.page.saved.topics", page.business(), chosen));
        String blocked = blocked(page);
        if (!chosen.isEmpty() && blocked != null) {
            lines.add(blocked);
        }
        LocalDate until = page.pausedUntil();
        if (!chosen.isEmpty() && until != null) {
            lines.add(words(locale, "delivery.page.saved.paused", day(until, locale, FormatStyle.LONG)));
        }
        if (!chosen.isEmpty()) {
            lines.add(words(locale, "delivery.page.saved.language", CustomerTongues.nameOf(locale.getLanguage())));
        }
        lines.add(words(locale, "delivery.page.saved.kept", page.business()));
        String title = chosen.isEmpty() ? "delivery.page.unsubscribed.title" : "delivery.page.saved.title";
        return CustomerPage.message(locale, page.business(), page.look(), words(locale, title), lines, page.link())
                .addObject("done", true);
    }

    private static @Nullable String blocked(Centre page) {
        return page.blocked() ? words(page.locale(), "delivery.page.saved.blocked", page.business()) : null;
    }

    private static String day(LocalDate day, Locale locale, FormatStyle style) {
        return DateTimeFormatter.ofLocalizedDate(style).withLocale(locale).format(day);
    }
}
