package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsParts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.delivery.TrackingSettings;
import io.perennial.delivery.returns.ReturnsDesk;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;

/** What is tracked, and where mails come back to: settings of the business, and how that goes. */
@Route("settings/tracking")
@RolesAllowed(Permission.Names.SETTINGS_READ)
class TrackingView extends Main implements HasDynamicTitle {

    private final transient TrackingSettings settings;
    private final transient ReturnsDesk desk;
    private final ZoneId zone;
    private final Checkbox opens = new Checkbox(t("delivery.tracking.opens"));
    private final Checkbox clicks = new Checkbox(t("delivery.tracking.clicks"));
    private final TextField domain = new TextField(t("delivery.returns.domain"));
    private final Paragraph changed = new Paragraph();

    TrackingView(TrackingSettings settings, ReturnsDesk desk, SettingsParts parts, Businesses businesses) {
        this.settings = settings;
        this.desk = desk;
        this.zone = Reader.zone(businesses.current().zone());
        addClassNames("page", "settings");
        add(
                new PageHead(t("delivery.tracking.title"), t("delivery.tracking.lead")),
                parts.nav("settings/tracking"),
                form(),
                new ReturnsReport(desk, zone));
        if (CurrentStaff.may(Permission.CUSTOMER_READ)) {
            add(new QuarantineList(desk, zone));
        }
    }

    private Component form() {
        opens.setHelperText(t("delivery.tracking.opens_hint"));
        clicks.setHelperText(t("delivery.tracking.clicks_hint"));
        domain.setHelperText(t("delivery.returns.domain_hint"));
        domain.setMaxLength(190);
        desk.bounceDomain()
                .ifPresentOrElse(
                        current -> domain.setPlaceholder(current),
                        () -> domain.setPlaceholder(t("delivery.returns.domain_none")));
        changed.addClassName("settings-changed");
        show(settings.current());
        Div form = new Div(group("tracking", opens, clicks), group("returns", domain));
        form.addClassName("settings-form");
        if (CurrentStaff.may(Permission.SETTINGS_WRITE)) {
            Button save = new Button(t("delivery.tracking.save"), e -> save());
            save.addThemeVariants(ButtonVariant.PRIMARY);
            Div actions = new Div(save, changed);
            actions.addClassName("form-actions");
            form.add(actions);
        } else {
            opens.setReadOnly(true);
            clicks.setReadOnly(true);
            domain.setReadOnly(true);
            form.add(changed);
        }
        return form;
    }

    private static Section group(String key, Component... fields) {
        Div words =
                new Div(new H2(t("delivery.settings_" + key)), new Paragraph(t("delivery.settings_" + key + "_hint")));
        words.addClassName("settings-words");
        Div column = new Div(fields);
        column.addClassName("settings-column");
        Section section = new Section(words, column);
        section.addClassName("settings-group");
        return section;
    }

    private void show(TrackingSettings.Setting setting) {
        opens.setValue(setting.opens());
        clicks.setValue(setting.clicks());
        domain.setValue(setting.bounceDomain() == null ? "" : setting.bounceDomain());
        changed.setVisible(setting.changedAt() != null);
        changed.setText(
                setting.changedAt() == null
                        ? ""
                        : t(
                                "delivery.tracking.changed",
                                setting.changedBy() == null ? Formats.NONE : setting.changedBy(),
                                Formats.dateTime(setting.changedAt(), zone)));
    }

    private void save() {
        try {
            settings.change(
                    opens.getValue(),
                    clicks.getValue(),
                    domain.getValue(),
                    CurrentStaff.find().map(StaffPrincipal::displayName).orElse(Formats.NONE));
            domain.setInvalid(false);
            show(settings.current());
            Toasts.success(t("delivery.tracking.saved"));
        } catch (IllegalArgumentException e) {
            domain.setErrorMessage(t("delivery.returns.domain_invalid"));
            domain.setInvalid(true);
            domain.focus();
        }
    }

    @Override
    public String getPageTitle() {
        return t("delivery.tracking.title");
    }
}
