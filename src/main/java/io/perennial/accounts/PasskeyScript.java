package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import io.perennial.accounts.signin.PasskeyCeremony;
import java.util.Set;
import java.util.function.Consumer;

/** Asks the browser of an open page for a passkey, by {@code passkeys.js}. */
public final class PasskeyScript {

    private static final Set<String> REASONS =
            Set.of("cancelled", "timeout", "elsewhere", "unable", "known", "aborted");

    private PasskeyScript() {}

    /** Call it when the page opens, so that the click that asks needs not wait. */
    public static void load() {
        UI.getCurrent().getPage().addJavaScript("context://passkeys.js");
    }

    /**
     * Has one made.
     *
     * @param made takes the answer
     * @param not hears in words why there is none
     */
    public static void make(Component on, PasskeyCeremony asked, Consumer<String> made, Consumer<String> not) {
        ask("make", on, asked, made, not);
    }

    /** As {@link #make}, with one that is there. */
    public static void use(Component on, PasskeyCeremony asked, Consumer<String> used, Consumer<String> not) {
        ask("use", on, asked, used, not);
    }

    private static void ask(
            String deed, Component on, PasskeyCeremony asked, Consumer<String> answer, Consumer<String> not) {
        on.getElement()
                .executeJs(
                        "if (!window.perennialPasskeys) throw new Error('unable');"
                                + "return window.perennialPasskeys[$0]($1)",
                        deed,
                        asked.options())
                .then(String.class, answer::accept, error -> not.accept(words(error)));
    }

    /** What the browser says is anybody's text; only reasons that are known choose words. */
    private static String words(String error) {
        String reason = error.replaceFirst("^.*:\\s*", "").strip();
        return t("accounts.passkey." + (REASONS.contains(reason) ? reason : "failed"));
    }
}
