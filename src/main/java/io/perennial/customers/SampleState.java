package io.perennial.customers;

import org.jspecify.annotations.Nullable;

/**
 * How the sample data of a business stands.
 *
 * @param progress of what goes on, from 0 to 1
 * @param message why it does not go on
 */
public record SampleState(
        Stage stage, double progress, @Nullable String message) {

    /** Where it is between not there and gone again. */
    public enum Stage {
        NONE,
        LOADING,
        LOADED,
        LEAVING,
        /** It broke off: it can be removed, and loaded anew then. */
        STOPPED
    }

    static final SampleState NONE = new SampleState(Stage.NONE, 0, null);

    /** Whether it changes by itself. */
    public boolean isUnderWay() {
        return stage == Stage.LOADING || stage == Stage.LEAVING;
    }
}
