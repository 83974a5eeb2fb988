package io.perennial.customers;

import java.util.List;
import java.util.Set;

/**
 * A change of some customers that was not looked at yet.
 *
 * @param amount how many customers; 0 for everybody
 * @param customers their ids, where they were asked for
 */
public record CustomerChange(long id, Set<CustomerAspect> aspects, int amount, List<Long> customers) {}
