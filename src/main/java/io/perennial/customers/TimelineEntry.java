package io.perennial.customers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a customer, in words ready to show.
 *
 * @param kind a stable word for its icon: order, refund, consent, mail, click, open, bounce, voucher, import
 * @param title what happened, in the console's language
 * @param detail one more line, or nothing
 * @param link a path of the console that tells more, or nothing
 */
public record TimelineEntry(
        Instant at,
        String kind,
        String title,
        @Nullable String detail,
        @Nullable String link) {}
