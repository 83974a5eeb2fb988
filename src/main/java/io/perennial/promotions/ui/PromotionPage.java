package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.accounts.Business;
import io.perennial.campaigns.AudienceCount;
import io.perennial.campaigns.CampaignDetail;
import io.perennial.campaigns.CampaignId;
import io.perennial.promotions.PromotionContent;
import io.perennial.promotions.PromotionDetails;
import io.perennial.promotions.PromotionResult;
import io.perennial.promotions.PromotionState;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentRef;
import io.perennial.uikit.Formats;
import io.perennial.uikit.MetricTile;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A planned promotion: its result so far and what happens when. */
class PromotionPage extends Div {

    private final PromotionServices services;

    PromotionPage(PromotionServices services, PromotionDetails promotion) {
        this.services = services;
        Business business = services.businesses().current();
        PromotionResult result = services.results().of(promotion.id());
        addClassName("promotion-page");
        if (promotion.note() != null) {
            Paragraph note = new Paragraph(promotion.note());
            note.addClassName("promotion-problem");
            add(note);
        }
        boolean told = result.mailed() != null;
        add(told ? tiles(promotion, result, business.currency()) : reach(promotion));
        PlanTimeline timeline = new PlanTimeline(business.zone());
        String people = result.mailed() == null
                ? t("promotions.reach_planned")
                : t("promotions.reach_done", result.mailed(), result.issued());
        timeline.show(
                promotion.content(),
                promotion.state(),
                people,
                campaign(promotion.announcement()),
                campaign(promotion.thanks()));
        boolean past = promotion.state() == PromotionState.OVER;
        Div plan = new Div(new H2(t(past ? "promotions.past_title" : "promotions.live_title")), timeline);
        plan.addClassName("card");
        Div terms = new Div(new H2(t("promotions.terms")));
        terms.addClassName("card");
        terms(promotion.content(), business.currency()).forEach(line -> terms.add(new Paragraph(line)));
        Div both = new Div(plan, terms);
        both.addClassName("promotion-halves");
        add(both);
    }

    /** Before anybody was told there is no result to show, but whom it would reach. */
    private Div reach(PromotionDetails promotion) {
        Div card = new Div();
        CampaignId announcement = promotion.announcement();
        if (announcement == null || promotion.state() != PromotionState.PLANNED) {
            card.setVisible(false);
            return card;
        }
        AudienceCount now = services.campaigns().audienceNow(announcement);
        Div figure = new Div(t("promotions.would_reach", now.mailed()));
        figure.addClassName("promotion-reach-figure");
        card.add(figure, new Paragraph(t("promotions.would_reach_note")));
        card.addClassNames("card", "promotion-reach");
        return card;
    }

    private static Div tiles(PromotionDetails promotion, PromotionResult result, Currency currency) {
        PromotionContent content = promotion.content();
        Div tiles = new Div(
                new MetricTile(
                        t("promotions.tile.mailed"),
                        Formats.number(result.mailed()),
                        t("promotions.tile.issued", result.issued())),
                new MetricTile(
                        t("promotions.tile.redeemed"),
                        Formats.number(result.redeemed()),
                        content.maxRedemptions() == null
                                ? t("promotions.tile.rate", Formats.percent(result.redemptionRate(), 1))
                                : t(
                                        "promotions.tile.rate_of",
                                        Formats.percent(result.redemptionRate(), 1),
                                        content.maxRedemptions())),
                new MetricTile(
                        t("promotions.tile.cost"),
                        Formats.roundMoney(result.cost(), currency),
                        content.maxCost() == null
                                ? t("promotions.tile.no_budget")
                                : t("promotions.tile.budget", Formats.roundMoney(content.maxCost(), currency))),
                new MetricTile(
                                t("promotions.tile.revenue"),
                                Formats.roundMoney(result.redeemedRevenue(), currency),
                                t("promotions.tile.holders", Formats.roundMoney(result.holdersRevenue(), currency)))
                        .withDefinition(t("promotions.tile.definition"), t("promotions.tile.revenue_definition")));
        tiles.addClassName("metric-tiles");
        return tiles;
    }

    private List<String> terms(PromotionContent content, Currency currency) {
        List<String> lines = new ArrayList<>();
        lines.add(content.offer().words(currency));
        lines.add(t("promotions.terms.valid", Formats.date(content.validFrom()), Formats.date(content.validUntil())));
        lines.add(
                content.include().isEmpty()
                        ? t("promotions.terms.everybody")
                        : t("promotions.terms.include", names(content.include())));
        if (!content.exclude().isEmpty()) {
            lines.add(t("promotions.terms.exclude", names(content.exclude())));
        }
        if (content.yearly()) {
            lines.add(t("promotions.terms.yearly"));
        }
        return lines;
    }

    private String names(List<SegmentId> ids) {
        return services.segments().listWith(ids, List.of()).stream()
                .filter(ref -> ids.contains(ref.id()))
                .map(SegmentRef::name)
                .collect(Collectors.joining(", "));
    }

    private @Nullable CampaignDetail campaign(@Nullable CampaignId id) {
        return id == null ? null : services.campaigns().require(id);
    }
}
