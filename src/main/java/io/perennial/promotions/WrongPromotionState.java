package io.perennial.promotions;

import static io.perennial.uikit.Texts.t;

/** What was asked for does not fit how the promotion stands now. */
public class WrongPromotionState extends IllegalStateException {

    public WrongPromotionState(PromotionState state) {
        super(t("promotions.wrong_state." + state));
    }
}
