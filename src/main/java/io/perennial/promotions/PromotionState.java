package io.perennial.promotions;

/** How a promotion stands today. */
public enum PromotionState {
    DRAFT,
    /** Its mails are scheduled; nobody knows of it yet. */
    PLANNED,
    /** The announcement is out; vouchers are not valid yet. */
    ANNOUNCED,
    /** Vouchers are taken. */
    RUNNING,
    /** Its budget is used up: no voucher is taken any more, though its days are not over. */
    SPENT,
    OVER,
    CANCELLED
}
