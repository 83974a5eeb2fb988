package io.perennial.promotions;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Business;
import io.perennial.campaigns.AudienceCount;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateId;
import io.perennial.content.TemplateProblem;
import io.perennial.promotions.PromotionProblem.Place;
import io.perennial.uikit.Formats;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what a promotion still needs before it may be planned. */
@Component
class PromotionReadiness {

    private static final int LONGEST_NAME = 120;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000L);

    private final TemplateDirectory templates;

    PromotionReadiness(TemplateDirectory templates) {
        this.templates = templates;
    }

    /**
     * @param audience as counted just now, or nothing where it was not counted
     */
    List<PromotionProblem> of(PromotionContent content, @Nullable AudienceCount audience, Business business) {
        List<PromotionProblem> problems = new ArrayList<>(ofShape(content));
        LocalDateTime now = LocalDateTime.now(business.zone());
        days(content, now, problems);
        mails(content, now, problems);
        if (audience != null && audience.mailed() == 0) {
            problems.add(new PromotionProblem(
                    Place.AUDIENCE,
                    audience.picked() == 0
                            ? t(
                                    content.include().isEmpty()
                                            ? "promotions.problem.nobody_at_all"
                                            : "promotions.problem.audience_empty")
                            : t("promotions.problem.audience_left_out", audience.picked())));
        }
        return problems;
    }

    /** What is wrong in itself, whatever the day; such content is not even kept as a draft. */
    static List<PromotionProblem> ofShape(PromotionContent content) {
        List<PromotionProblem> problems = new ArrayList<>();
        if (content.name().isEmpty()) {
            problems.add(new PromotionProblem(Place.NAME, t("promotions.problem.name_missing")));
        } else if (content.name().length() > LONGEST_NAME) {
            problems.add(new PromotionProblem(Place.NAME, t("promotions.problem.name", LONGEST_NAME)));
        }
        offer(content.offer(), problems);
        if (content.validFrom().isAfter(content.validUntil())) {
            problems.add(new PromotionProblem(Place.VALIDITY, t("promotions.problem.validity_backwards")));
        }
        Integer most = content.maxRedemptions();
        if (most != null && most < 1) {
            problems.add(new PromotionProblem(Place.BUDGET, t("promotions.problem.max_redemptions")));
        }
        BigDecimal cost = content.maxCost();
        if (cost != null && (cost.signum() <= 0 || cost.compareTo(MOST) > 0)) {
            problems.add(new PromotionProblem(Place.BUDGET, t("promotions.problem.max_cost")));
        } else if (cost != null && content.offer().cost(null).compareTo(cost) > 0) {
            problems.add(new PromotionProblem(Place.BUDGET, t("promotions.problem.budget_below_one")));
        }
        return problems;
    }

    private static void offer(Offer offer, List<PromotionProblem> problems) {
        BigDecimal value = offer.value();
        String thing = offer.thing();
        BigDecimal unitCost = offer.unitCost();
        String problem = switch (offer.kind()) {
            case PERCENT ->
                value == null || value.signum() <= 0 || value.compareTo(HUNDRED) > 0
                        ? t("promotions.problem.percent")
                        : null;
            case AMOUNT ->
                value == null || value.signum() <= 0 || value.compareTo(MOST) > 0
                        ? t("promotions.problem.amount")
                        : null;
            case PRODUCT, GIFT ->
                thing == null || thing.isBlank() || thing.length() > LONGEST_NAME
                        ? t("promotions.problem.thing", LONGEST_NAME)
                        : null;
        };
        if (problem != null) {
            problems.add(new PromotionProblem(Place.OFFER, problem));
        }
        if (unitCost != null && (unitCost.signum() < 0 || unitCost.compareTo(MOST) > 0)) {
            problems.add(new PromotionProblem(Place.OFFER, t("promotions.problem.unit_cost")));
        }
    }

    private static void days(PromotionContent content, LocalDateTime now, List<PromotionProblem> problems) {
        LocalDate today = now.toLocalDate();
        if (content.day().isBefore(today)) {
            problems.add(
                    new PromotionProblem(Place.DAY, t("promotions.problem.day_past", Formats.date(content.day()))));
        }
        if (content.validUntil().isBefore(today)) {
            problems.add(new PromotionProblem(
                    Place.VALIDITY, t("promotions.problem.validity_past", Formats.date(content.validUntil()))));
        }
        if (content.day().isBefore(content.validFrom()) || content.day().isAfter(content.validUntil())) {
            problems.add(new PromotionProblem(Place.VALIDITY, t("promotions.problem.day_outside")));
        }
    }

    private void mails(PromotionContent content, LocalDateTime now, List<PromotionProblem> problems) {
        template(content.announceWith(), Place.ANNOUNCEMENT, problems);
        if (content.announceAt().isBefore(now)) {
            problems.add(new PromotionProblem(Place.ANNOUNCEMENT, t("promotions.problem.announce_past")));
        } else if (content.announceAt().toLocalDate().isAfter(content.validUntil())) {
            problems.add(new PromotionProblem(Place.ANNOUNCEMENT, t("promotions.problem.announce_late")));
        }
        LocalDateTime thankAt = content.thankAt();
        if (content.thankWith() == null && thankAt == null) {
            return;
        }
        template(content.thankWith(), Place.THANKS, problems);
        // The evening of the last day is fine: shops close before midnight.
        if (thankAt == null || thankAt.toLocalDate().isBefore(content.validUntil())) {
            problems.add(new PromotionProblem(Place.THANKS, t("promotions.problem.thank_early")));
        } else if (!thankAt.isAfter(content.announceAt())) {
            problems.add(new PromotionProblem(Place.THANKS, t("promotions.problem.thank_before")));
        }
    }

    private void template(@Nullable TemplateId template, Place place, List<PromotionProblem> problems) {
        if (template == null) {
            problems.add(new PromotionProblem(place, t("promotions.problem.template_missing")));
            return;
        }
        try {
            templates.check(template).stream()
                    .filter(TemplateProblem::blocking)
                    .map(p -> new PromotionProblem(place, t("promotions.problem.template", p.message())))
                    .forEach(problems::add);
        } catch (NoSuchElementException e) {
            problems.add(new PromotionProblem(place, t("promotions.problem.template_gone")));
        }
    }
}
