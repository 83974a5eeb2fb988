package io.perennial.promotions;

/**
 * Something that keeps a promotion from being planned.
 *
 * @param place the part of the editor it belongs to
 * @param message in the console's language, says what to do
 */
public record PromotionProblem(Place place, String message) {

    /** The parts of the editor. */
    public enum Place {
        NAME,
        DAY,
        AUDIENCE,
        OFFER,
        VALIDITY,
        BUDGET,
        ANNOUNCEMENT,
        THANKS
    }
}
