package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import java.util.Locale;

/** Why an operator's visit is over. Stored. */
enum VisitEnd {
    LEFT,
    TIME_OVER,
    SESSION_OVER,
    SUSPENDED,
    NO_OPERATOR;

    String words() {
        return t("accounts.visit.end_" + name().toLowerCase(Locale.ROOT));
    }
}
