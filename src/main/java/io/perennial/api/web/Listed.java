package io.perennial.api.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param nextCursor to be given back for the next page; null on the last one
 */
record Listed<T>(List<T> data, @Nullable String nextCursor) {

    /** Entries of a page where nobody says how many, and the most there can be. */
    static final String USUAL = "50";

    static final int MOST = 200;

    Listed {
        data = List.copyOf(data);
    }
}
