package io.perennial.uikit;

import java.util.List;

/**
 * What a feature puts on Home: make one Spring bean of it. Each method is called while Home opens, in the tenant's scope and
 * with the user's own permissions, so it must be quick (one indexed query, no waiting) and may simply call the
 * feature's services: where these answer {@code AccessDeniedException}, that part is left out; where they fail, Home
 * says so in the part's place and goes on.
 */
public interface HomeContribution {

    /** The place among the others, ascending: the order of the feature's menu entry. */
    int order();

    /** What happened: answers, each with its figure. */
    default List<HomeCard> cards() {
        return List.of();
    }

    /** What wants doing today; empty when nothing does. */
    default List<HomeTask> tasks() {
        return List.of();
    }

    /** What a new business does first with this feature; Home shows them until all are done. */
    default List<FirstStep> firstSteps() {
        return List.of();
    }
}
