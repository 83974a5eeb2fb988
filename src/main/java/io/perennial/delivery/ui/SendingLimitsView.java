package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsGroup;
import io.perennial.accounts.SettingsPart;
import io.perennial.accounts.SettingsParts;
import io.perennial.delivery.SendingOutlook;
import io.perennial.delivery.pace.PaceSettings;
import io.perennial.delivery.pace.Receivers;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.UnsavedChanges;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How fast, when and how often this business sends. */
@Route("settings/limits")
@RolesAllowed(Permission.Names.SETTINGS_READ)
class SendingLimitsView extends Main implements HasDynamicTitle, BeforeLeaveObserver {

    private static final String PATH = "settings/limits";

    private final SendingLimitsForm form;

    SendingLimitsView(
            PaceSettings settings,
            Receivers receivers,
            Businesses businesses,
            SendingOutlook outlook,
            SettingsParts parts) {
        addClassNames("page", "settings");
        form = new SendingLimitsForm(settings, receivers, businesses.current());
        String lead = CurrentStaff.may(Permission.SETTINGS_WRITE)
                ? t("delivery.limits.lead")
                : t("delivery.limits.read_only");
        add(new PageHead(t("delivery.limits.title"), lead), parts.nav(PATH));
        outlook.held().ifPresent(reason -> {
            Paragraph note = new Paragraph(t("delivery.limits.held", reason));
            note.addClassNames("campaign-note", "tone-attention");
            add(note);
        });
        add(form);
    }

    @Override
    public void beforeLeave(BeforeLeaveEvent event) {
        if (form.isChanged()) {
            UnsavedChanges.ask(event, t("delivery.limits.unsaved"), form::save);
        }
    }

    @Override
    public String getPageTitle() {
        return t("delivery.limits.title");
    }

    @Configuration(proxyBeanMethods = false)
    static class Part {

        @Bean
        SettingsPart sendingLimitsPart() {
            return new SettingsPart("delivery.limits.title", PATH, Permission.SETTINGS_READ, SettingsGroup.MAILS, 30);
        }
    }
}
