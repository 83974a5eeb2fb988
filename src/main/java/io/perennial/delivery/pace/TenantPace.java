package io.perennial.delivery.pace;

import io.perennial.delivery.ContactRules.Cap;
import io.perennial.delivery.QuietHours;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one business's sending, everything taken together.
 *
 * @param limits in force: its own, the operator's and the configuration's
 * @param receivers mails an hour by receiving group, where limited
 * @param weight its share among the businesses
 * @param paused why the operator paused it; empty mostly
 */
public record TenantPace(
        ZoneId zone,
        Limits limits,
        Map<String, Domain> domains,
        Map<String, Integer> receivers,
        @Nullable QuietHours quiet,
        @Nullable Cap cap,
        int weight,
        @Nullable String paused) {

    /** A sending domain's own. */
    public record Domain(
            @Nullable Integer perHour,
            @Nullable Integer perDay,
            @Nullable WarmUp warmUp) {

        Limits on(LocalDate day) {
            Integer warm = warmUp == null || warmUp.ceilingOn(day).isEmpty()
                    ? null
                    : (Integer) warmUp.ceilingOn(day).getAsInt();
            return new Limits(null, perHour, Limits.least(perDay, warm));
        }
    }

    Limits ofDomain(String domain, LocalDate day) {
        Domain own = domains.get(domain);
        return own == null ? Limits.NONE : own.on(day);
    }
}
