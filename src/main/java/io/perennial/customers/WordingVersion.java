package io.perennial.customers;

import java.time.Instant;

/** An exact text of consent and since when it was in use. */
public record WordingVersion(String language, int version, String wording, Instant since, String by) {}
