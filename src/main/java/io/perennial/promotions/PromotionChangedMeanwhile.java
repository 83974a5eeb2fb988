package io.perennial.promotions;

/** Somebody else saved the promotion after it was opened. */
public class PromotionChangedMeanwhile extends IllegalStateException {

    public PromotionChangedMeanwhile() {
        super("The promotion was changed by somebody else meanwhile");
    }
}
