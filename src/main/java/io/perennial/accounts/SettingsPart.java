package io.perennial.accounts;

/**
 * A page of the settings: make a Spring bean of this where the page lives, and put {@link SettingsParts#nav} under the
 * page's head. The page checks its permission itself; here it is only not offered to who lacks it.
 *
 * @param titleKey of its name, a word or two
 * @param href its route, {@code settings/...}
 * @param order among the others, ascending; the business itself is 0, its people 10
 */
public record SettingsPart(String titleKey, String href, Permission permission, int order) {}
