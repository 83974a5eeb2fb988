package io.perennial.delivery.pace;

import org.jspecify.annotations.Nullable;

/** How many mails at most; nothing means no limit. */
public record Limits(
        @Nullable Integer perMinute,
        @Nullable Integer perHour,
        @Nullable Integer perDay) {

    public static final Limits NONE = new Limits(null, null, null);

    /** The stricter of both, each for itself. */
    public Limits within(Limits other) {
        return new Limits(
                least(perMinute, other.perMinute), least(perHour, other.perHour), least(perDay, other.perDay));
    }

    /** Where this says nothing, the other. */
    public Limits or(Limits other) {
        return new Limits(
                perMinute == null ? other.perMinute : perMinute,
                perHour == null ? other.perHour : perHour,
                perDay == null ? other.perDay : perDay);
    }

    public boolean isEmpty() {
        return perMinute == null && perHour == null && perDay == null;
    }

    static @Nullable Integer least(@Nullable Integer one, @Nullable Integer other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.min(one, other);
    }
}
