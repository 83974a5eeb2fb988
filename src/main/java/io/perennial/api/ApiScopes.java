package io.perennial.api;

import io.perennial.accounts.Permission;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a key can be allowed: the permissions that the API has a use for, by their own names. */
public final class ApiScopes {

    /** In the order in which they are offered. */
    public static final List<Permission> ALL = List.of(
            Permission.CUSTOMER_READ,
            Permission.CUSTOMER_WRITE,
            Permission.CUSTOMER_IMPORT,
            Permission.CUSTOMER_ERASE,
            Permission.SEGMENT_READ,
            Permission.CONTENT_READ,
            Permission.CONTENT_WRITE,
            Permission.CAMPAIGN_READ,
            Permission.CAMPAIGN_WRITE,
            Permission.CAMPAIGN_SEND,
            Permission.PROMOTION_READ,
            Permission.PROMOTION_REDEEM,
            Permission.INSIGHT_READ);

    private ApiScopes() {}

    static String write(Collection<Permission> scopes) {
        return scopes.stream().map(Permission::authority).sorted().collect(Collectors.joining(","));
    }

    /** Names that are known no longer are left out. */
    static Set<Permission> read(String stored) {
        Set<String> names = Set.of(stored.split(","));
        return Arrays.stream(Permission.values())
                .filter(permission -> names.contains(permission.authority()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Permission.class)));
    }
}
