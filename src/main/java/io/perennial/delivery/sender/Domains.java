package io.perennial.delivery.sender;

import java.net.IDN;
import java.util.Locale;

/** Names of domains as the DNS and envelopes know them. */
public final class Domains {

    private Domains() {}

    /** Lower case, without a dot at the end, in punycode (RFC 5891) where it is not ASCII; as it is where that fails. */
    public static String ascii(String domain) {
        String trimmed = domain.strip().toLowerCase(Locale.ROOT);
        String bare = trimmed.endsWith(".") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
        if (isAscii(bare)) {
            return bare;
        }
        try {
            return IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return bare;
        }
    }

    /** An address with its domain in punycode; its local part stays what it is. */
    public static String asciiDomain(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 || isAscii(address.substring(at))
                ? address
                : address.substring(0, at + 1) + ascii(address.substring(at + 1));
    }

    /** The part after the @, as {@link #ascii(String)}. */
    public static String ofAddress(String address) {
        return ascii(address.substring(address.lastIndexOf('@') + 1));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 126) {
                return false;
            }
        }
        return true;
    }
}
