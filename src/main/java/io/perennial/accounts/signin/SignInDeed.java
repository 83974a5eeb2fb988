package io.perennial.accounts.signin;

import io.perennial.accounts.Deed;
import java.util.Locale;

/** What people do about their own ways in. */
enum SignInDeed implements Deed {
    SESSION_ENDED,
    OTHER_SESSIONS_ENDED,
    SECOND_FACTOR_ADDED,
    SECOND_FACTOR_REMOVED,
    RECOVERY_CODE_USED,
    RECOVERY_CODES_MADE,
    SECOND_FACTOR_REQUIRED,
    SECOND_FACTOR_OPTIONAL,
    PASSKEY_ADDED,
    PASSKEY_REMOVED,
    PASSKEY_COPIED,
    PROVIDER_CONNECTED,
    PROVIDER_DISCONNECTED,
    PROVIDER_REQUIRED,
    PROVIDER_OPTIONAL;

    @Override
    public String key() {
        return "accounts.deed." + name().toLowerCase(Locale.ROOT);
    }
}
