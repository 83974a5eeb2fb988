package io.perennial.uikit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a feature says about the health of the installation: make one Spring bean of it. Called as an operator opens the page of
 * health, outside every business, so it tells nothing of one, and must be quick.
 */
public interface HealthContribution {

    /** The place among the others, ascending. */
    int order();

    List<Line> lines();

    /**
     * One thing that is well or not.
     *
     * @param name what it is about
     * @param state in a word
     * @param words what was found, and what to do where it is not well
     * @param action the deed: "Unlock sending"
     * @param href route of the page where it is done, without a leading slash
     */
    record Line(
            String name,
            Tone tone,
            String state,
            String words,
            @Nullable String action,
            @Nullable String href) {

        public Line(String name, Tone tone, String state, String words) {
            this(name, tone, state, words, null, null);
        }
    }
}
