package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsGroup;
import io.perennial.accounts.SettingsPart;
import io.perennial.accounts.SettingsParts;
import io.perennial.delivery.PageLooks;
import io.perennial.delivery.SignUps;
import io.perennial.uikit.CopyButton;
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
    private final LookFields look;
    private final Checkbox signUp = new Checkbox(t("privacy.signup.open"));
    private final Checkbox confirmed = new Checkbox(t("privacy.signup.confirmed"));
    private final Div sharing = new Div();
    private final boolean may = CurrentStaff.may(Permission.SETTINGS_WRITE);

    CustomerPagesView(PageLooks looks, SignUps signUps, SettingsParts parts) {
        this.looks = looks;
        this.signUps = signUps;
        this.look = new LookFields(looks, may);
        addClassNames("page", "settings");
        add(
                new PageHead(t("privacy.pages.title"), t(may ? "privacy.pages.lead" : "privacy.topics.read_only")),
                parts.nav(PATH),
                form());
        show(looks.setting());
    }

    private Component form() {
        signUp.setHelperText(t("privacy.signup.open_hint"));
        confirmed.setHelperText(t("privacy.signup.confirmed_hint"));
        sharing.addClassName("pages-sharing");
        Div form =
                new Div(group("privacy.pages.look", look), group("privacy.signup.group", signUp, confirmed, sharing));
        form.addClassName("settings-form");
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
        look.show(setting.look());
        signUp.setValue(setting.signUp());
        confirmed.setValue(setting.confirmed());
        sharing.removeAll();
        if (setting.signUp()) {
            share();
        }
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
        Div deeds =
                new Div(new CopyButton(t("privacy.signup.copy_link"), address, t("privacy.signup.link_copied")), look);
        deeds.addClassName("pages-deeds");
        sharing.add(
                link,
                deeds,
                snippet,
                new CopyButton(t("privacy.signup.copy_snippet"), snippet(address), t("privacy.signup.snippet_copied")));
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
        if (!look.isValid()) {
            return;
        }
        if (signUp.getValue() && signUps.hindrance().isPresent()) {
            Toasts.error(signUps.hindrance().get());
            return;
        }
        looks.change(look.accent(), signUp.getValue(), confirmed.getValue());
        show(looks.setting());
        Toasts.success(t("privacy.pages.saved"));
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
