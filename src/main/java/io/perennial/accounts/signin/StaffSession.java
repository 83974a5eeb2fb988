package io.perennial.accounts.signin;

import java.time.Instant;

/**
 * A session that is open.
 *
 * @param browser in words, "Firefox on Windows"; empty if it does not say
 * @param current whether it is the one that asks
 */
public record StaffSession(long id, Instant begunAt, Instant seenAt, String address, String browser, boolean current) {}
