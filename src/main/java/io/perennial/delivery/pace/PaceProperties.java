package io.perennial.delivery.pace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fast each business sends unless the operator or the business itself says otherwise; nothing given means no limit.
 *
 * @param perMinute mails of one business a minute
 * @param perHour mails of one business an hour
 * @param perDay mails of one business a day of its calendar
 * @param receivers groups of receiving domains that are counted together, beside the well-known ones
 * @param receiverPerHour mails of one business an hour to a group, or to "rest": all other domains
 */
@ConfigurationProperties("perennial.delivery.pace")
public record PaceProperties(
        @Nullable Integer perMinute,
        @Nullable Integer perHour,
        @Nullable Integer perDay,
        @DefaultValue Map<String, List<String>> receivers,
        @DefaultValue Map<String, Integer> receiverPerHour) {

    /** Every domain that is in no group. */
    public static final String REST = "rest";

    private static final Map<String, List<String>> KNOWN = known();

    public PaceProperties {
        Map<String, List<String>> all = new LinkedHashMap<>(KNOWN);
        all.putAll(receivers);
        receivers = all;
    }

    private static Map<String, List<String>> known() {
        Map<String, List<String>> known = new LinkedHashMap<>();
        known.put("gmail", List.of("gmail.com", "googlemail.com"));
        known.put(
                "microsoft",
                List.of(
                        "outlook.com",
                        "hotmail.com",
                        "live.com",
                        "msn.com",
                        "hotmail.co.uk",
                        "hotmail.fr",
                        "hotmail.de",
                        "hotmail.it",
                        "outlook.de",
                        "outlook.fr",
                        "outlook.cz",
                        "live.co.uk",
                        "live.fr"));
        known.put(
                "yahoo",
                List.of(
                        "yahoo.com",
                        "ymail.com",
                        "rocketmail.com",
                        "aol.com",
                        "yahoo.co.uk",
                        "yahoo.de",
                        "yahoo.fr",
                        "yahoo.it",
                        "yahoo.es",
                        "yahoo.co.jp",
                        "yahoo.com.vn"));
        known.put("apple", List.of("icloud.com", "me.com", "mac.com"));
        known.put("seznam", List.of("seznam.cz", "email.cz", "post.cz", "spoluzaci.cz", "stream.cz"));
        known.put("gmx", List.of("gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.com", "web.de"));
        return known;
    }

    /** The group's domains as a map from domain to group. */
    Map<String, String> groupOfDomain() {
        Map<String, String> groups = new LinkedHashMap<>();
        receivers.forEach(
                (group, domains) -> domains.forEach(domain -> groups.put(domain.toLowerCase(Locale.ROOT), group)));
        return groups;
    }
}
