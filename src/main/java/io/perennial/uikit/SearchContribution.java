package io.perennial.uikit;

import java.util.List;

/**
 * What a feature adds to the console's search (Ctrl K): make one Spring bean of it. Called while somebody types, in the
 * tenant's scope and with their own permissions, so each method must be quick (one indexed query) and simply calls the
 * feature's services: where these answer {@code AccessDeniedException}, the feature is left out; where they fail, the
 * search says so and goes on.
 */
public interface SearchContribution {

    /** The place among the others, ascending: the order of the feature's menu entry. */
    int order();

    /** What its things are called together, in the user's language: "Customers". */
    String heading();

    /** Pages below the feature's menu entry, and its deeds. */
    default List<SearchPlace> places() {
        return List.of();
    }

    /**
     * The things that fit a text, the best first.
     *
     * @param text as typed, without blanks at its ends, never empty
     * @param limit how many at most
     */
    List<SearchHit> find(String text, int limit);
}
