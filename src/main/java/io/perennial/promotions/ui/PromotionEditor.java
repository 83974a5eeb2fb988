package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.campaigns.AudienceCount;
import io.perennial.campaigns.CampaignNotReady;
import io.perennial.promotions.PromotionChangedMeanwhile;
import io.perennial.promotions.PromotionContent;
import io.perennial.promotions.PromotionDetails;
import io.perennial.promotions.PromotionId;
import io.perennial.promotions.PromotionNotReady;
import io.perennial.promotions.PromotionProblem;
import io.perennial.promotions.PromotionState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A draft being written, and beside it whom it reaches, what happens when and what it still needs. */
class PromotionEditor extends Div {

    private final PromotionServices services;
    private final Consumer<PromotionId> planned;
    private final PromotionForm form;
    private final Div reach = new Div();
    private final Div left = new Div();
    private final PlanTimeline timeline;
    private final ZoneId zone;
    private final Button plan = new Button();
    private @Nullable PromotionDetails draft;
    private @Nullable PromotionContent saved;
    private @Nullable AudienceCount audience;
    private @Nullable PromotionContent counted;

    /**
     * @param draft as it was kept, or nothing for a new one
     * @param planned hears that it was planned
     */
    PromotionEditor(
            PromotionServices services,
            @Nullable PromotionDetails draft,
            PromotionContent content,
            Consumer<PromotionId> planned) {
        this.services = services;
        this.draft = draft;
        this.planned = planned;
        zone = services.businesses().current().zone();
        timeline = new PlanTimeline(zone);
        form = new PromotionForm(services, this::changed);
        form.fill(content);
        saved = form.content().orElse(null);
        addClassName("promotion-sides");
        reach.addClassName("promotion-reach");
        left.addClassName("promotion-missing");
        Div side = new Div(new H2(t("promotions.live_title")), reach, timeline, left);
        side.addClassNames("card", "promotion-live");
        plan.addThemeVariants(ButtonVariant.PRIMARY);
        plan.addClickListener(e -> confirm());
        add(form, side);
        changed();
    }

    /** The button that plans it, for the page's head. */
    Button planButton() {
        return plan;
    }

    boolean isDirty() {
        return !form.content().equals(Optional.ofNullable(saved));
    }

    /** Keeps the draft; false where that cannot be, which is then said. */
    boolean save() {
        PromotionContent content = form.content().orElse(null);
        if (content == null) {
            Toasts.error(t("promotions.days_missing"));
            return false;
        }
        try {
            PromotionId id = draft == null
                    ? services.promotions().create(content)
                    : services.promotions()
                            .change(draft.id(), content, draft.version())
                            .id();
            boolean isNew = draft == null;
            draft = services.promotions().open(id);
            saved = content;
            if (isNew) {
                getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, "promotions/" + id));
            }
            return true;
        } catch (PromotionNotReady e) {
            form.show(e.problems());
            Toasts.error(e.problems().getFirst().message());
        } catch (PromotionChangedMeanwhile e) {
            Toasts.error(t("promotions.changed_meanwhile"));
        } catch (IllegalStateException e) {
            Toasts.error(String.valueOf(e.getMessage()));
        }
        return false;
    }

    private void changed() {
        PromotionContent content = form.content().orElse(null);
        if (content == null) {
            plan.setText(t("promotions.plan"));
            plan.setEnabled(false);
            left.removeAll();
            left.add(new Paragraph(t("promotions.days_missing")));
            return;
        }
        AudienceCount people = count(content);
        String words = t("promotions.reach", people.mailed());
        reach.removeAll();
        Div figure = new Div(words);
        figure.addClassName("promotion-reach-figure");
        reach.add(figure);
        if (people.leftOut() > 0) {
            reach.add(new Paragraph(t("promotions.reach_left_out", people.leftOut())));
        }
        timeline.show(content, PromotionState.DRAFT, words, null, null);
        List<PromotionProblem> problems = services.promotions().problems(content, people);
        // A page just opened for the first time only lists what it needs; red comes with the first word written.
        form.show(draft == null && Objects.equals(content, saved) ? List.of() : problems);
        listMissing(problems);
        plan.setText(problems.isEmpty() ? t("promotions.plan_for", people.mailed()) : t("promotions.plan"));
        plan.setEnabled(problems.isEmpty());
    }

    private void listMissing(List<PromotionProblem> problems) {
        left.removeAll();
        if (problems.isEmpty()) {
            return;
        }
        UnorderedList list = new UnorderedList();
        problems.forEach(problem -> list.add(new ListItem(problem.message())));
        left.add(new Paragraph(t("promotions.missing", problems.size())), list);
    }

    /** Counts again only when what decides about the audience has changed. */
    private AudienceCount count(PromotionContent content) {
        if (audience == null
                || counted == null
                || !counted.include().equals(content.include())
                || !counted.exclude().equals(content.exclude())
                || !Objects.equals(counted.topic(), content.topic())) {
            audience = services.promotions().audience(content);
            counted = content;
        }
        return audience;
    }

    private void confirm() {
        if (!save() || draft == null) {
            return;
        }
        PromotionContent content = draft.content();
        long people = count(content).mailed();
        ConfirmDialog dialog = new ConfirmDialog(
                t("promotions.plan_for", people),
                t(
                        content.thankAt() == null ? "promotions.plan_text" : "promotions.plan_text_thanks",
                        people,
                        Formats.dateTime(content.announceAt().atZone(zone).toInstant(), zone),
                        Formats.date(content.validFrom()),
                        Formats.date(content.validUntil())),
                t("promotions.plan_for", people),
                e -> plan());
        dialog.setCancelable(true);
        dialog.setCancelText(t("promotions.plan_not_yet"));
        dialog.open();
    }

    private void plan() {
        if (draft == null) {
            return;
        }
        PromotionId id = draft.id();
        try {
            services.promotions().plan(id);
            Toasts.success(t("promotions.planned"));
            planned.accept(id);
        } catch (PromotionNotReady e) {
            form.show(e.problems());
            Toasts.error(e.problems().getFirst().message());
        } catch (CampaignNotReady e) {
            Toasts.error(String.join(" ", e.problems()));
        }
    }
}
