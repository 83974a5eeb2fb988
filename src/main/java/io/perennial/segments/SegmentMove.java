package io.perennial.segments;

import io.perennial.customers.CustomerAspect;
import io.perennial.kernel.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who entered or left a segment.
 *
 * @param name never empty, unless the person is gone
 * @param aspects what had changed of the customer, where that was the cause
 * @param by who changed the list, where that was the cause; nothing where it is not known
 * @param flips which conditions turned; empty where that is not known
 */
public record SegmentMove(
        CustomerId customer,
        String name,
        Instant at,
        boolean entered,
        MoveCause cause,
        Set<CustomerAspect> aspects,
        @Nullable String by,
        List<Flip> flips) {

    /**
     * A condition that turned.
     *
     * @param path its place in the rule as it was then: {@code /1/0}
     * @param words the condition
     * @param certain whether it turned for certain; otherwise it is one of those that may have
     */
    public record Flip(String path, String words, boolean certain) {}
}
