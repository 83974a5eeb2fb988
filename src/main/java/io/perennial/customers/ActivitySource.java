package io.perennial.customers;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A feature that keeps what customers did. Each offers a bean of this type; segments ask all of them, so that no feature
 * needs to know another. Within the current tenant.
 */
public interface ActivitySource {

    /** What it keeps. */
    List<ActivityKind> kinds();

    /** Which part of an activity: what it was about, or its detail. */
    enum Part {
        ABOUT,
        DETAIL
    }

    /**
     * What can be asked for, the latest first.
     *
     * @param text what its name holds; empty: all
     */
    List<Thing> things(ActivityKind kind, Part part, String text, int offset, int limit);

    /** The names of some things by id; what is not there any more is left out. */
    Map<Long, String> names(ActivityKind kind, Part part, Collection<Long> ids);

    /** Something an activity was about. */
    record Thing(long id, String name) {}
}
