package io.perennial.accounts;

import java.util.Locale;

/** What is done about a business itself and the people in it. */
enum StaffDeed implements Deed {
    SIGNED_IN,
    BUSINESS_FOUNDED,
    GUIDE_LEFT,
    ADDRESS_CHANGED,
    CHECKLIST_HIDDEN,
    SETTINGS_CHANGED,
    PERSON_INVITED,
    INVITATION_SENT_AGAIN,
    INVITATION_WITHDRAWN,
    INVITATION_ACCEPTED,
    ROLE_MADE,
    OWN_ROLE_CHANGED,
    ROLE_DROPPED,
    ROLE_CHANGED,
    PERSON_REMOVED,
    EXPORT_ORDERED,
    EXPORT_TAKEN,
    DELETION_ASKED,
    DELETION_TAKEN_BACK,
    SUSPENDED,
    RESUMED,
    VISIT_BEGUN,
    VISIT_PROLONGED,
    VISIT_ENDED,
    PASSWORD_CHANGED,
    PASSWORD_RESET,
    AUDIT_EXPORTED;

    @Override
    public String key() {
        return "accounts.deed." + name().toLowerCase(Locale.ROOT);
    }
}
