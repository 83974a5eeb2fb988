package io.perennial.uikit;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;

/** Puts a text on the clipboard, and says whether that worked: browsers allow it on https and on this machine only. */
public final class CopyButton extends Button {

    /**
     * @param done what is said once the text is copied
     */
    public CopyButton(String words, String text, String done) {
        super(words);
        copies(text, done);
    }

    /** With an icon in place of words. */
    public CopyButton(Component icon, String name, String text) {
        super(icon);
        setAriaLabel(name);
        setTooltipText(name);
        copies(text, t("uikit.copied"));
    }

    /** "Copy", and nothing to add once it is done. */
    public static CopyButton of(String text) {
        return new CopyButton(t("uikit.copy"), text, t("uikit.copied"));
    }

    private void copies(String text, String done) {
        addClickListener(e -> getElement()
                .executeJs(
                        "return navigator.clipboard ? navigator.clipboard.writeText($0).then(() => true, () => false) "
                                + ": false",
                        text)
                .then(Boolean.class, copied -> {
                    if (Boolean.TRUE.equals(copied)) {
                        Toasts.success(done);
                    } else {
                        Toasts.error(t("uikit.not_copied"));
                    }
                }));
    }
}
