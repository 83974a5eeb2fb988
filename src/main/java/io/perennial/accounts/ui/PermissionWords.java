package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Permission;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Permissions in plain words, by the part of the product that they are about. */
final class PermissionWords {

    private PermissionWords() {}

    static String of(Permission permission) {
        return t("accounts.permission." + permission.name().toLowerCase(Locale.ROOT));
    }

    static String ofArea(String area) {
        return t("accounts.permission.area_" + area);
    }

    /** All there are, by area, in the order of the product. */
    static Map<String, List<Permission>> byArea() {
        return Arrays.stream(Permission.values())
                .collect(Collectors.groupingBy(Permission::area, LinkedHashMap::new, Collectors.toList()));
    }

    static String sentence(Collection<Permission> permissions) {
        return permissions.stream().sorted().map(PermissionWords::of).collect(Collectors.joining(" · "));
    }
}
