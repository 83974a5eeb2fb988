package io.perennial.delivery.web;

import static io.perennial.delivery.web.CustomerPage.words;

import io.perennial.delivery.CustomerLanguages;
import io.perennial.delivery.SignUps;
import io.perennial.delivery.SignUps.Confirmation;
import io.perennial.delivery.SignUps.Form;
import io.perennial.uikit.PagePolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Signing up and confirming it. A form on the shop's own site may post here: nothing is done by a cookie. The answer is the
 * same for every address.
 */
@Controller
class SignUpController {

    private final SignUps signUps;

    SignUpController(SignUps signUps) {
        this.signUps = signUps;
    }

    @ModelAttribute
    void protect(HttpServletRequest request, HttpServletResponse response) {
        PagePolicy.protect(request, response);
    }

    @GetMapping("/p/join/{token}")
    ModelAndView ask(
            @PathVariable String token,
            @RequestParam(name = "lang", required = false) @Nullable String lang,
            HttpServletRequest request) {
        return signUps.form(token, locale(lang, request))
                .map(form -> form(form, Typed.NOTHING, null))
                .orElseGet(() -> CustomerPage.brokenLink(request));
    }

    @PostMapping("/p/join/{token}")
    ModelAndView signUp(
            @PathVariable String token,
            @RequestParam(name = "email", defaultValue = "") String email,
            @RequestParam(name = "name", required = false) @Nullable String name,
            @RequestParam(name = "topic", required = false) @Nullable List<String> topics,
            @RequestParam(name = "lang", required = false) @Nullable String lang,
            @RequestParam(name = "website", required = false) @Nullable String trap,
            HttpServletRequest request) {
        Locale locale = locale(lang, request);
        Form form = signUps.form(token, locale).orElse(null);
        if (form == null) {
            return CustomerPage.brokenLink(request);
        }
        Typed typed = new Typed(email, name == null ? "" : name, topics == null ? Set.of() : Set.copyOf(topics));
        String network = request.getRemoteAddr();
        SignUps.Answer answer = signUps.signUp(
                        token, email, name, typed.topics(), locale, network == null ? "" : network, trap)
                .orElse(SignUps.Answer.TOO_MANY);
        return switch (answer) {
            case THANKS ->
                CustomerPage.message(
                                locale,
                                form.business(),
                                form.look(),
                                words(locale, "delivery.page.join.thanks"),
                                List.of(
                                        words(locale, "delivery.page.join.look", form.business()),
                                        words(locale, "delivery.page.join.nothing")),
                                null)
                        .addObject("done", true);
            case NO_ADDRESS ->
                status(
                        form(form, typed, words(locale, "delivery.page.join.no_address")),
                        HttpStatus.UNPROCESSABLE_CONTENT);
            case TOO_MANY ->
                status(form(form, typed, words(locale, "delivery.page.join.too_many")), HttpStatus.TOO_MANY_REQUESTS);
        };
    }

    @GetMapping("/p/confirm/{token}")
    ModelAndView askConfirmation(@PathVariable String token, HttpServletRequest request) {
        return signUps.confirmation(token)
                .map(page -> page.done() ? done(page) : confirmation(page))
                .orElseGet(() -> expired(token, request));
    }

    @PostMapping("/p/confirm/{token}")
    ModelAndView confirm(@PathVariable String token, HttpServletRequest request) {
        return signUps.confirm(token).map(SignUpController::done).orElseGet(() -> expired(token, request));
    }

    /** What somebody typed who has to do it again: nothing of it is lost. */
    private record Typed(String email, String name, Set<String> topics) {

        static final Typed NOTHING = new Typed("", "", Set.of());

        String shortEmail() {
            return email.length() > 254 ? "" : email;
        }

        String shortName() {
            return name.length() > 60 ? name.substring(0, 60) : name;
        }
    }

    private static ModelAndView form(Form form, Typed typed, @Nullable String problem) {
        Locale locale = form.locale();
        Map<String, Object> model = new HashMap<>();
        model.put("lang", locale.getLanguage());
        model.put("look", form.look());
        model.put("page", form);
        model.put("email", typed.shortEmail());
        model.put("firstName", typed.shortName());
        model.put("ticked", typed.topics());
        model.put("problem", problem);
        model.put("title", words(locale, "delivery.page.join.title", form.business()));
        for (String key : List.of("text", "address", "name", "button", "trap", "topics", "small")) {
            model.put(key, words(locale, "delivery.page.join." + key, form.business()));
        }
        return new ModelAndView("delivery/join", model);
    }

    private static ModelAndView confirmation(Confirmation page) {
        Locale locale = page.locale();
        return new ModelAndView(
                "delivery/confirm",
                Map.of(
                        "lang", locale.getLanguage(),
                        "look", page.look(),
                        "page", page,
                        "title", words(locale, "delivery.page.confirm.title"),
                        "text", words(locale, "delivery.page.confirm.text", page.business(), page.address()),
                        "button", words(locale, "delivery.page.confirm.button"),
                        "small", words(locale, "delivery.page.confirm.small")));
    }

    private static ModelAndView done(Confirmation page) {
        Locale locale = page.locale();
        return CustomerPage.message(
                        locale,
                        page.business(),
                        page.look(),
                        words(locale, "delivery.page.confirm.done"),
                        List.of(words(locale, "delivery.page.confirm.done_text", page.business(), page.address())),
                        page.preferences())
                .addObject("done", true);
    }

    /** A link that was cut on its way is another matter than one that came too late. */
    private ModelAndView expired(String token, HttpServletRequest request) {
        Locale locale = CustomerPage.localeOf(request);
        return signUps.expired(token)
                .map(late -> status(
                        CustomerPage.message(
                                        locale,
                                        late.business(),
                                        late.look(),
                                        words(locale, "delivery.page.confirm.expired"),
                                        words(locale, "delivery.page.confirm.expired_text"),
                                        late.join())
                                .addObject("change", words(locale, "delivery.page.confirm.again")),
                        HttpStatus.BAD_REQUEST))
                .orElseGet(() -> CustomerPage.brokenLink(request));
    }

    private static ModelAndView status(ModelAndView view, HttpStatus status) {
        view.setStatus(status);
        return view;
    }

    private static Locale locale(@Nullable String lang, HttpServletRequest request) {
        return lang == null || lang.length() > 8
                ? CustomerPage.localeOf(request)
                : CustomerLanguages.firstOf(List.of(Locale.forLanguageTag(lang), CustomerPage.localeOf(request)));
    }
}
