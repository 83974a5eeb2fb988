package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import io.perennial.uikit.SubNav;
import java.util.Comparator;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** The pages that settings have, whichever feature they come from. */
@Component
public class SettingsParts {

    private final ObjectProvider<SettingsPart> parts;

    SettingsParts(ObjectProvider<SettingsPart> parts) {
        this.parts = parts;
    }

    @Bean
    static SettingsPart businessSettings() {
        return new SettingsPart("accounts.tab_business", "settings", Permission.SETTINGS_READ, 0);
    }

    @Bean
    static SettingsPart peopleSettings() {
        return new SettingsPart("accounts.tab_people", "settings/people", Permission.STAFF_MANAGE, 10);
    }

    @Bean
    static SettingsPart auditSettings() {
        return new SettingsPart("accounts.tab_audit", "settings/audit", Permission.AUDIT_READ, 90);
    }

    /**
     * Links to those that the current member of staff may open.
     *
     * @param current the href of the page it stands on
     */
    public SubNav nav(String current) {
        List<SubNav.Link> links = parts.stream()
                .filter(part -> CurrentStaff.may(part.permission()))
                .sorted(Comparator.comparingInt(SettingsPart::order))
                .map(part -> new SubNav.Link(t(part.titleKey()), part.href()))
                .toList();
        return new SubNav(t("accounts.menu"), links, current);
    }
}
