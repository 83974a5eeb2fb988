package io.perennial.delivery.pace;

import io.perennial.kernel.TenantId;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;

/**
 * Leave to send a number of mails now.
 *
 * @param granted may be none
 * @param delay with none granted: until more may be had
 * @param taken from which windows, to give back what is not used
 */
public record Permit(TenantId tenant, int granted, Duration delay, List<Window> taken) {

    /** One limit's window. */
    record Window(String scope, String span, LocalDateTime start) {}

    static Permit unlimited(TenantId tenant, int wanted) {
        return new Permit(tenant, wanted, Duration.ZERO, List.of());
    }

    static Permit none(TenantId tenant, Duration wait) {
        return new Permit(tenant, 0, wait, List.of());
    }
}
