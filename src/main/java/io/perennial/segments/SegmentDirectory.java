package io.perennial.segments;

import io.perennial.tenancy.SqlFragment;
import java.util.List;

/** What other features may ask of segments. All of it within the current tenant. */
public interface SegmentDirectory {

    /** Every segment and list that may be chosen, by name: those that are archived are left out. */
    List<SegmentRef> list();

    /**
     * The same with some that were chosen before, archived or not: a chooser that dropped those would make it somebody
     * else's mail. Those that are gone are left out.
     */
    List<SegmentRef> listWith(List<SegmentId> include, List<SegmentId> exclude);

    /**
     * Whether a segment is archived: whoever names it still is to ask for another, or to have it restored.
     *
     * @throws java.util.NoSuchElementException if the current tenant has no such segment
     */
    boolean isArchived(SegmentId id);

    /**
     * @throws java.util.NoSuchElementException if the current tenant has no such segment
     */
    SegmentRef require(SegmentId id);

    /** How many customers are in it now. */
    long count(SegmentId id);

    /**
     * The query of its customers now, for embedding: {@code SELECT c.id FROM customer c WHERE c.tenant_id = ? AND ...}.
     * One column, each id once, no trailing ORDER BY.
     */
    SqlFragment customersIn(SegmentId id);

    /** Saves a new dynamic segment. A name already taken gets a number behind it. */
    SegmentRef create(String name, Rule rule);
}
