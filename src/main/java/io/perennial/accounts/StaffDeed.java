package io.perennial.accounts;

import java.util.Locale;

/** What is done about a business itself and the people in it. */
enum StaffDeed implements Deed {
    SIGNED_IN,
    SETTINGS_CHANGED,
    PERSON_ADDED,
    ROLE_CHANGED,
    PERSON_REMOVED,
    PASSWORD_CHANGED,
    AUDIT_EXPORTED;

    @Override
    public String key() {
        return "accounts.deed." + name().toLowerCase(Locale.ROOT);
    }
}
