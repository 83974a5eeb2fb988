package io.perennial.promotions;

/** What a voucher gives. */
public enum OfferKind {
    PERCENT,
    AMOUNT,
    PRODUCT,
    GIFT;

    /** Whether it lowers a price; else it is a thing. */
    public boolean isDiscount() {
        return this == PERCENT || this == AMOUNT;
    }
}
