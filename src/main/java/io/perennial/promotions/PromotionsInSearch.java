package io.perennial.promotions;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Permission;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Matching;
import io.perennial.uikit.SearchContribution;
import io.perennial.uikit.SearchHit;
import io.perennial.uikit.SearchPlace;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds promotions by name. */
@Component
class PromotionsInSearch implements SearchContribution {

    private final Promotions promotions;

    PromotionsInSearch(Promotions promotions) {
        this.promotions = promotions;
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public String heading() {
        return t("promotions.menu");
    }

    @Override
    public List<SearchPlace> places() {
        return List.of(
                new SearchPlace(t("promotions.new"), "promotions/new", Permission.Names.PROMOTION_WRITE),
                new SearchPlace(t("promotions.till.open"), "promotions/redeem", Permission.Names.PROMOTION_REDEEM));
    }

    @Override
    public List<SearchHit> find(String text, int limit) {
        return promotions.all().stream()
                .filter(promotion -> Matching.fits(promotion.content().name(), text))
                .limit(limit)
                .map(promotion -> new SearchHit(
                        promotion.content().name(),
                        Formats.date(promotion.content().day()),
                        "promotions/" + promotion.id()))
                .toList();
    }
}
