package io.perennial.segments;

import java.time.Instant;

/**
 * That somebody is on a list.
 *
 * @param by the name of who put them there
 */
public record ListEntry(Instant at, String by) {}
