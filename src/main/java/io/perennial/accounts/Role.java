package io.perennial.accounts;

import static io.perennial.accounts.Permission.*;

import io.perennial.uikit.Texts;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a person is in one business; the same person may be something else in another. */
public enum Role {
    OWNER(EnumSet.allOf(Permission.class)),
    ADMIN(EnumSet.allOf(Permission.class)),
    MARKETER(EnumSet.complementOf(EnumSet.of(SETTINGS_WRITE, STAFF_MANAGE, AUDIT_READ, CUSTOMER_ERASE))),
    ANALYST(EnumSet.of(
            CUSTOMER_READ,
            CUSTOMER_EXPORT,
            SEGMENT_READ,
            SEGMENT_WRITE,
            CONTENT_READ,
            CAMPAIGN_READ,
            PROMOTION_READ,
            INSIGHT_READ)),
    SUPPORT(EnumSet.of(
            CUSTOMER_READ,
            CUSTOMER_WRITE,
            SEGMENT_READ,
            CONTENT_READ,
            CAMPAIGN_READ,
            PROMOTION_READ,
            PROMOTION_REDEEM)),
    /** One that the business made itself: what it may do stands in its {@link StaffRole}. */
    CUSTOM(EnumSet.noneOf(Permission.class));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    /** Those that every business has. */
    public static List<Role> builtIn() {
        return Arrays.stream(values()).filter(role -> role != CUSTOM).toList();
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** Its name in the current user's language. */
    public String label() {
        return Texts.t("accounts.role_" + name().toLowerCase(Locale.ROOT));
    }

    /** What it may do, in a sentence, in the current user's language. */
    public String explanation() {
        return Texts.t("accounts.role_" + name().toLowerCase(Locale.ROOT) + "_hint");
    }
}
