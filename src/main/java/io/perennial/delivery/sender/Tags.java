package io.perennial.delivery.sender;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Lists like {@code v=DKIM1; k=rsa; p=...} (RFC 6376, 3.2), which DKIM and DMARC records are. */
final class Tags {

    private Tags() {}

    /** Names in lower case, values without white space; a part that is none is left out, the first of a name counts. */
    static Map<String, String> of(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String part : text.split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                tags.putIfAbsent(
                        part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        part.substring(equals + 1).replaceAll("\\s+", ""));
            }
        }
        return tags;
    }
}
