package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Input;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadI18N;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.server.streams.UploadHandler;
import io.perennial.delivery.PageLook;
import io.perennial.delivery.PageLooks;
import io.perennial.uikit.Texts;
import io.perennial.uikit.Toasts;
import java.text.NumberFormat;
import java.util.Objects;
import java.util.Optional;

/** A business's colour, tried out while it is typed, and its logo, which is kept as soon as it is chosen. */
class LookFields extends Div {

    private final transient PageLooks looks;
    private final boolean may;
    private final TextField accent = new TextField(t("privacy.pages.accent"));
    private final Input picker = new Input();
    private final Div trial = new Div();
    private final Div logo = new Div();

    LookFields(PageLooks looks, boolean may) {
        this.looks = looks;
        this.may = may;
        addClassName("look-fields");
        accent.setHelperText(t("privacy.pages.accent_hint"));
        accent.setPlaceholder(PageLook.OURS);
        accent.setMaxLength(7);
        accent.setClearButtonVisible(true);
        accent.setReadOnly(!may);
        if (may) {
            accent.setPrefixComponent(picker());
        }
        accent.setValueChangeMode(ValueChangeMode.LAZY);
        accent.addValueChangeListener(e -> tryOut());
        trial.addClassName("look-trial");
        trial.getElement().setAttribute("role", "status");
        logo.addClassName("pages-logo");
        add(accent, trial, logo);
        show(looks.setting().look());
    }

    /** The browser's own; what is chosen there stands in the field, where it can be typed too. */
    private Input picker() {
        picker.setType("color");
        picker.addClassName("look-picker");
        picker.getElement().setAttribute("aria-label", t("privacy.pages.accent_pick"));
        picker.addValueChangeListener(e -> {
            if (e.isFromClient()) {
                accent.setValue(e.getValue());
            }
        });
        return picker;
    }

    void show(PageLook look) {
        accent.setValue(Objects.requireNonNullElse(look.accent(), ""));
        showLogo(look);
        tryOut();
    }

    /** As it was typed. */
    String accent() {
        return accent.getValue();
    }

    /** Whether the colour is one or none; else it says how to write it. */
    boolean isValid() {
        boolean right = PageLooks.colour(accent.getValue()).isPresent();
        accent.setErrorMessage(right ? null : t("privacy.pages.accent_refused"));
        accent.setInvalid(!right);
        if (!right) {
            accent.focus();
        }
        return right;
    }

    private void tryOut() {
        trial.removeAll();
        Optional<String> colour = PageLooks.colour(accent.getValue()).filter(each -> !each.isEmpty());
        picker.setValue(colour.orElse(PageLook.OURS));
        if (colour.isEmpty()) {
            return;
        }
        accent.setInvalid(false);
        String on = Objects.requireNonNull(PageLook.of(colour.get(), null).onAccent());
        Span sample = new Span(t("privacy.pages.accent_sample"));
        sample.addClassName("look-sample");
        sample.getStyle().set("--look", colour.get()).set("--on-look", on);
        NumberFormat ratio = NumberFormat.getInstance(Texts.locale());
        ratio.setMaximumFractionDigits(1);
        Span words = new Span(t("privacy.pages.accent_contrast", ratio.format(PageLook.contrast(colour.get(), on))));
        words.addClassName("soft");
        trial.add(sample, words);
        if (PageLook.isPale(colour.get())) {
            trial.add(new Span(t("privacy.pages.accent_pale")));
            String darker = PageLook.darkened(colour.get());
            if (may) {
                Button take = new Button(t("privacy.pages.accent_darker", darker), e -> accent.setValue(darker));
                take.addThemeVariants(ButtonVariant.TERTIARY);
                trial.add(take);
            }
        }
    }

    private void showLogo(PageLook look) {
        logo.removeAll();
        if (look.logo() != null) {
            logo.add(new Image(look.logo(), t("privacy.pages.logo")));
            if (may) {
                Button off = new Button(t("privacy.pages.logo_off"), e -> put(new byte[0]));
                off.addThemeVariants(ButtonVariant.TERTIARY);
                logo.add(off);
            }
        }
        if (may) {
            Upload upload = new Upload(UploadHandler.inMemory((metadata, bytes) -> put(bytes)));
            upload.setMaxFiles(1);
            upload.setMaxFileSize(PageLooks.LARGEST_LOGO);
            upload.setAcceptedMimeTypes("image/png", "image/jpeg", "image/gif", "image/webp");
            upload.setUploadButton(new Button(t("privacy.pages.logo_choose")));
            upload.setDropAllowed(false);
            UploadI18N words = new UploadI18N();
            words.setError(new UploadI18N.Error()
                    .setFileIsTooBig(t("privacy.pages.logo_refused", PageLooks.LARGEST_LOGO / 1024))
                    .setIncorrectFileType(t("privacy.pages.logo_refused", PageLooks.LARGEST_LOGO / 1024)));
            upload.setI18n(words);
            upload.addFileRejectedListener(e -> Toasts.error(e.getErrorMessage()));
            Paragraph hint = new Paragraph(t("privacy.pages.logo_hint", PageLooks.LARGEST_LOGO / 1024));
            hint.addClassName("settings-changed");
            logo.add(upload, hint);
        }
    }

    /** Leaves the colour that is being typed. */
    private void put(byte[] image) {
        try {
            looks.logo(image);
            Toasts.success(t("privacy.pages.saved"));
        } catch (IllegalArgumentException e) {
            Toasts.error(t("privacy.pages.logo_refused", PageLooks.LARGEST_LOGO / 1024));
        }
        showLogo(looks.setting().look());
    }
}
