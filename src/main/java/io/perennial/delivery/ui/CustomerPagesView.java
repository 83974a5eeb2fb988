package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadI18N;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.UploadHandler;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsGroup;
import io.perennial.accounts.SettingsPart;
import io.perennial.accounts.SettingsParts;
import io.perennial.delivery.PageLooks;
import io.perennial.delivery.SignUps;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.util.HtmlUtils;

/** How the pages look that customers reach from mails, and the one on which anybody may sign up. */
@Route("settings/pages")
@RolesAllowed(Permission.Names.SETTINGS_READ)
class CustomerPagesView extends Main implements HasDynamicTitle {

    private static final String PATH = "settings/pages";

    private final transient PageLooks looks;
    private final transient SignUps signUps;
    private final TextField accent = new TextField(t("privacy.pages.accent"));
    private final Div logo = new Div();
    private final Checkbox signUp = new Checkbox(t("privacy.signup.open"));
    private final Checkbox confirmed = new Checkbox(t("privacy.signup.confirmed"));
    private final Div sharing = new Div();
    private final boolean may = CurrentStaff.may(Permission.SETTINGS_WRITE);

    CustomerPagesView(PageLooks looks, SignUps signUps, SettingsParts parts) {
        this.looks = looks;
        this.signUps = signUps;
        addClassNames("page", "settings");
        add(
                new PageHead(t("privacy.pages.title"), t(may ? "privacy.pages.lead" : "privacy.topics.read_only")),
                parts.nav(PATH),
                form());
        show(looks.setting());
    }

    private Component form() {
        accent.setHelperText(t("privacy.pages.accent_hint"));
        accent.setPlaceholder("#1f6f54");
        accent.setMaxLength(7);
        accent.setClearButtonVisible(true);
        signUp.setHelperText(t("privacy.signup.open_hint"));
        confirmed.setHelperText(t("privacy.signup.confirmed_hint"));
        logo.addClassName("pages-logo");
        sharing.addClassName("pages-sharing");
        Div form = new Div(
                group("privacy.pages.look", accent, logo), group("privacy.signup.group", signUp, confirmed, sharing));
        form.addClassName("settings-form");
        accent.setReadOnly(!may);
        signUp.setReadOnly(!may);
        confirmed.setReadOnly(!may);
        if (may) {
            Button save = new Button(t("privacy.pages.save"), e -> save());
            save.addThemeVariants(ButtonVariant.PRIMARY);
            Div actions = new Div(save);
            actions.addClassName("form-actions");
            form.add(actions);
        }
        return form;
    }

    private static Section group(String key, Component... fields) {
        Div words = new Div(new H2(t(key)), new Paragraph(t(key + "_hint")));
        words.addClassName("settings-words");
        Div column = new Div(fields);
        column.addClassName("settings-column");
        Section section = new Section(words, column);
        section.addClassName("settings-group");
        return section;
    }

    private void show(PageLooks.Setting setting) {
        accent.setValue(setting.look().accent() == null ? "" : setting.look().accent());
        signUp.setValue(setting.signUp());
        confirmed.setValue(setting.confirmed());
        showLogo(setting);
        sharing.removeAll();
        if (setting.signUp()) {
            share();
        }
    }

    private void showLogo(PageLooks.Setting setting) {
        logo.removeAll();
        if (setting.look().logo() != null) {
            logo.add(new Image(setting.look().logo(), t("privacy.pages.logo")));
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

    private void put(byte[] image) {
        try {
            looks.logo(image);
            Toasts.success(t("privacy.pages.saved"));
        } catch (IllegalArgumentException e) {
            Toasts.error(t("privacy.pages.logo_refused", PageLooks.LARGEST_LOGO / 1024));
        }
        showLogo(looks.setting());
    }

    private void share() {
        String address = signUps.address();
        TextField link = new TextField(t("privacy.signup.link"));
        link.setValue(address);
        link.setReadOnly(true);
        TextArea snippet = new TextArea(t("privacy.signup.snippet"));
        snippet.setValue(snippet(address));
        snippet.setHelperText(t("privacy.signup.snippet_hint"));
        snippet.setReadOnly(true);
        Anchor look = new Anchor(address, t("privacy.signup.look"));
        look.setTarget("_blank");
        look.getElement().setAttribute("rel", "noopener");
        sharing.add(link, look, snippet);
    }

    /** Plain HTML for the business's own site. The field that people do not see catches machines. */
    static String snippet(String address) {
        return """
                <form method="post" action="%s">
                  <label>%s <input type="email" name="email" required></label>
                  <input type="text" name="website" tabindex="-1" autocomplete="off" aria-hidden="true" \
                style="position:absolute;left:-9999px">
                  <button type="submit">%s</button>
                </form>""".formatted(
                HtmlUtils.htmlEscape(address), t("privacy.signup.snippet_email"), t("privacy.signup.snippet_button"));
    }

    private void save() {
        accent.setInvalid(false);
        if (signUp.getValue() && signUps.hindrance().isPresent()) {
            Toasts.error(signUps.hindrance().get());
            return;
        }
        try {
            looks.change(accent.getValue(), signUp.getValue(), confirmed.getValue());
            show(looks.setting());
            Toasts.success(t("privacy.pages.saved"));
        } catch (IllegalArgumentException e) {
            accent.setErrorMessage(t("privacy.pages.accent_refused"));
            accent.setInvalid(true);
            accent.focus();
        }
    }

    @Override
    public String getPageTitle() {
        return t("privacy.pages.title");
    }

    @Configuration(proxyBeanMethods = false)
    static class Part {

        @Bean
        SettingsPart customerPagesPart() {
            return new SettingsPart("privacy.pages.tab", PATH, Permission.SETTINGS_READ, SettingsGroup.CUSTOMERS, 55);
        }
    }
}
