package io.perennial.accounts;

/**
 * A page of the settings: make a Spring bean of this where the page lives, and put {@link SettingsParts#nav} under the
 * page's head. The page checks its permission itself; here it is only not offered to who lacks it.
 *
 * @param titleKey of its name, a word or two
 * @param href its route, {@code settings/...}
 * @param group the tab it stands under
 * @param order among the others of its group, ascending
 * @param ownersOnly offered to owners alone
 */
public record SettingsPart(
        String titleKey, String href, Permission permission, SettingsGroup group, int order, boolean ownersOnly) {

    public SettingsPart(String titleKey, String href, Permission permission, SettingsGroup group, int order) {
        this(titleKey, href, permission, group, order, false);
    }
}
