package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import io.perennial.uikit.SubNav;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
        return new SettingsPart(
                "accounts.tab_business", "settings", Permission.SETTINGS_READ, SettingsGroup.BUSINESS, 0);
    }

    @Bean
    static SettingsPart peopleSettings() {
        return new SettingsPart(
                "accounts.tab_people", "settings/people", Permission.STAFF_MANAGE, SettingsGroup.PEOPLE, 10);
    }

    @Bean
    static SettingsPart roleSettings() {
        return new SettingsPart(
                "accounts.tab_roles", "settings/roles", Permission.STAFF_MANAGE, SettingsGroup.PEOPLE, 15);
    }

    @Bean
    static SettingsPart signInSettings() {
        return new SettingsPart(
                "accounts.tab_sign_in", "settings/sign-in", Permission.STAFF_MANAGE, SettingsGroup.PEOPLE, 20);
    }

    @Bean
    static SettingsPart auditSettings() {
        return new SettingsPart(
                "accounts.tab_audit", "settings/audit", Permission.AUDIT_READ, SettingsGroup.RECORDS, 90);
    }

    @Bean
    static SettingsPart ownershipSettings() {
        return new SettingsPart(
                "accounts.tab_ownership",
                "settings/ownership",
                Permission.SETTINGS_READ,
                SettingsGroup.BUSINESS,
                95,
                true);
    }

    private static boolean isOwner() {
        return CurrentStaff.find()
                .filter(staff -> staff.current().staffRole().isOwner())
                .isPresent();
    }

    /**
     * Links to those that the current member of staff may open: a tab for each group, and below them the pages of the
     * group that is open.
     *
     * @param current the href of the page it stands on
     */
    public SubNav nav(String current) {
        Map<SettingsGroup, List<SubNav.Link>> groups = parts.stream()
                .filter(part -> CurrentStaff.may(part.permission()))
                .filter(part -> !part.ownersOnly() || isOwner())
                .sorted(Comparator.comparingInt(SettingsPart::order))
                .collect(Collectors.groupingBy(
                        SettingsPart::group,
                        () -> new EnumMap<>(SettingsGroup.class),
                        Collectors.mapping(
                                part -> new SubNav.Link(t(part.titleKey()), part.href()), Collectors.toList())));
        List<SubNav.Group> tabs = new ArrayList<>();
        groups.forEach((group, links) -> tabs.add(new SubNav.Group(t(group.titleKey()), links)));
        return SubNav.ofGroups(t("accounts.menu"), tabs, current);
    }
}
