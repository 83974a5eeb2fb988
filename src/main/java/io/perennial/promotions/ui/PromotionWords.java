package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.promotions.PromotionState;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;

/** How states look and read. */
final class PromotionWords {

    private PromotionWords() {}

    static StatusBadge badge(PromotionState state) {
        return new StatusBadge(t("promotions.state." + state), tone(state));
    }

    private static Tone tone(PromotionState state) {
        return switch (state) {
            case DRAFT, OVER, CANCELLED -> Tone.NEUTRAL;
            case PLANNED, ANNOUNCED -> Tone.INFO;
            case RUNNING -> Tone.GOOD;
            case SPENT -> Tone.ATTENTION;
        };
    }
}
