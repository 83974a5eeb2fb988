package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.promotions.PromotionDetails;
import io.perennial.promotions.PromotionState;
import io.perennial.promotions.Promotions;
import io.perennial.uikit.Formats;
import io.perennial.uikit.HomeCard;
import io.perennial.uikit.HomeContribution;
import io.perennial.uikit.HomeTask;
import io.perennial.uikit.Tone;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Promotions on Home: the one that runs, and those that wait for a person. */
@Component
class PromotionsHome implements HomeContribution {

    private final Promotions promotions;

    PromotionsHome(Promotions promotions) {
        this.promotions = promotions;
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public List<HomeCard> cards() {
        return promotions.all().stream()
                .filter(p -> p.state() == PromotionState.RUNNING)
                .limit(1)
                .map(PromotionsHome::card)
                .toList();
    }

    @Override
    public List<HomeTask> tasks() {
        List<PromotionDetails> all = promotions.all();
        long waiting = all.stream()
                .filter(p -> p.state() == PromotionState.DRAFT && p.note() != null)
                .count();
        long spent = all.stream().filter(p -> p.state() == PromotionState.SPENT).count();
        return Stream.of(
                        task("promotions.home.waiting", waiting, Tone.ATTENTION),
                        task("promotions.home.spent", spent, Tone.INFO))
                .filter(task -> task.count() > 0)
                .toList();
    }

    private static HomeTask task(String key, long count, Tone tone) {
        return new HomeTask(t(key, count), count, tone, t("promotions.home.look"), "promotions");
    }

    private static HomeCard card(PromotionDetails promotion) {
        return new HomeCard(
                t(
                        "promotions.home.running",
                        promotion.content().name(),
                        Formats.date(promotion.content().validUntil())),
                Formats.number(promotion.redeemed()),
                t("promotions.home.redeemed"),
                Tone.GOOD,
                t("promotions.home.see"),
                "promotions/" + promotion.id());
    }
}
