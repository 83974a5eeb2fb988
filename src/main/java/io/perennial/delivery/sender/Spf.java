package io.perennial.delivery.sender;

import org.jspecify.annotations.Nullable;

/**
 * What a domain's SPF says (RFC 7208).
 *
 * @param record as it stands in the DNS; null where there is none, or several
 * @param lookups how many questions to the DNS it takes at worst; receivers stop at ten
 * @param named whether an address of the mail server is among those it lets send
 * @param detail the part that is wrong
 */
record Spf(Standing standing, @Nullable String record, int lookups, boolean named, String detail) {

    enum Standing {
        MISSING,
        SEVERAL,
        /** A receiver makes nothing of it. */
        INVALID,
        TOO_MANY_LOOKUPS,
        /** {@code +all}: anybody may send as this domain. */
        EVERYBODY,
        GOOD
    }

    static final int MOST_LOOKUPS = 10;
}
