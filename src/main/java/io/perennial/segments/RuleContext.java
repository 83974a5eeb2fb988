package io.perennial.segments;

import io.perennial.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * For whom and when a rule is read.
 *
 * @param zone in which the tenant's days begin
 * @param today in that zone
 */
record RuleContext(TenantId tenant, ZoneId zone, LocalDate today) {

    /** The instant a day begins. */
    Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
