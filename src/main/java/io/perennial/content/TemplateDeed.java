package io.perennial.content;

import io.perennial.accounts.Deed;
import java.util.Locale;

/** What the audit log tells of mail templates. */
enum TemplateDeed implements Deed {
    MADE,
    CHANGED,
    DELETED;

    @Override
    public String key() {
        return "content.deed." + name().toLowerCase(Locale.ROOT);
    }
}
