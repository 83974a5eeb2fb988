package io.perennial.segments;

import java.util.List;

/**
 * Whom a rule picks.
 *
 * @param count how many, exactly
 * @param newest ids of some of them, the last known first: all, or at least twenty
 */
record FoundCustomers(long count, List<Long> newest) {}
