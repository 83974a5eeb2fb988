package io.perennial.webhooks;

import java.time.Instant;

/**
 * What is sent, as JSON.
 *
 * @param type what happened; says what {@code data} looks like
 * @param version of that look
 * @param timestamp when it happened, which may be long before it is sent
 */
public record Event(String type, int version, Instant timestamp, EventData data) {}
