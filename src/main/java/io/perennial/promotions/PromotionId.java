package io.perennial.promotions;

/** Identity of a promotion within its business. */
public record PromotionId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
