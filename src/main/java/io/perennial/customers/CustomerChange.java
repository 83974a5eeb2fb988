package io.perennial.customers;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of some customers that was not looked at yet.
 *
 * @param amount how many customers; 0 for everybody
 * @param customers their ids, or nothing for everybody
 */
public record CustomerChange(
        long id,
        Set<CustomerAspect> aspects,
        int amount,
        @Nullable List<Long> customers) {}
