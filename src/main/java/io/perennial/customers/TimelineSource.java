package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.time.Instant;
import java.util.List;

/**
 * Something that happened to customers and belongs on their timeline. Each feature that has such things offers a bean
 * of this type; the profile asks all of them and merges by time. Runs in the tenant's scope.
 */
public interface TimelineSource {

    /**
     * The latest entries before an instant, newest first.
     *
     * @param before exclusive
     * @param limit at most this many
     */
    List<TimelineEntry> entries(CustomerId customer, Instant before, int limit);
}
