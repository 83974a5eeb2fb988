package io.perennial.customers;

import java.time.Instant;

/**
 * Whether a customer lets us see that they open mails and follow links.
 *
 * @param source who said so, and how
 */
public record TrackingChoice(boolean allowed, Instant at, String source) {}
