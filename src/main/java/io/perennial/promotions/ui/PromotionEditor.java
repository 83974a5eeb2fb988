package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.shared.Registration;
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

/**
 * A draft being written, and beside it whom it reaches, what happens when and what it still needs, counted anew beside
 * the page after every change.
 */
class PromotionEditor extends Div {

    /** What is read off the page's thread after a change. */
    private record Outcome(PromotionContent content, AudienceCount audience, List<PromotionProblem> problems) {

        /** Whether the same people are asked for; only then the count still holds. */
        boolean countsFor(PromotionContent other) {
            return content.include().equals(other.include())
                    && content.exclude().equals(other.exclude())
                    && Objects.equals(content.topic(), other.topic());
        }
    }

    private final PromotionServices services;
    private final Consumer<PromotionId> planned;
    private final PromotionForm form;
    private final Reach reach = new Reach(this::look);
    private final MissingList missing;
    private final PlanTimeline timeline;
    private final ZoneId zone;
    private final Button plan = new Button(t("promotions.plan"));
    private @Nullable PromotionDetails draft;
    private @Nullable PromotionContent saved;
    private @Nullable Outcome outcome;
    private Registration reading = () -> {};
    private int latest;
    private int answered;

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
        form = new PromotionForm(services, this::look);
        missing = new MissingList(form::jumpTo);
        form.fill(content);
        saved = form.content().orElse(null);
        addClassName("promotion-sides");
        Div side = new Div(new H2(t("promotions.live_title")), reach, timeline, missing);
        side.addClassNames("card", "promotion-live");
        plan.addThemeVariants(ButtonVariant.PRIMARY);
        plan.addClickListener(e -> confirm());
        add(form, side);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        look();
    }

    @Override
    protected void onDetach(DetachEvent event) {
        reading.remove();
        super.onDetach(event);
    }

    /** The button that plans it, for the page's head. */
    Button planButton() {
        return plan;
    }

    /** Whether the last change is still being counted and checked. */
    boolean isWaiting() {
        return answered != latest;
    }

    boolean isDirty() {
        return !form.content().equals(Optional.ofNullable(saved));
    }

    /** Keeps the draft; false where that cannot be, which is then said. */
    boolean save() {
        PromotionContent content = form.content().orElse(null);
        if (content == null) {
            form.jumpToMissing();
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
            form.insist(e.problems());
            Toasts.error(e.problems().getFirst().message());
        } catch (PromotionChangedMeanwhile e) {
            Toasts.error(t("promotions.changed_meanwhile"));
        } catch (IllegalStateException e) {
            Toasts.error(String.valueOf(e.getMessage()));
        }
        return false;
    }

    /** Counts and checks beside the page; an answer that a later change has overtaken is dropped. */
    private void look() {
        reading.remove();
        int mine = ++latest;
        PromotionContent content = form.content().orElse(null);
        if (content == null) {
            outcome = null;
            answered = mine;
            missing.say(t("promotions.days_missing"));
            plan.setText(t("promotions.plan"));
            return;
        }
        Outcome known = outcome != null && outcome.countsFor(content) ? outcome : null;
        if (known == null) {
            outcome = null;
            reach.waiting();
            plan.setText(t("promotions.plan"));
        }
        timeline.show(content, PromotionState.DRAFT, reach.words(), null, null);
        getUI().ifPresent(ui -> reading = services.backstage()
                .read(
                        ui,
                        () -> {
                            AudienceCount people =
                                    known == null ? services.promotions().audience(content) : known.audience();
                            return new Outcome(
                                    content, people, services.promotions().problems(content, people));
                        },
                        found -> {
                            if (mine == latest) {
                                answered = mine;
                                show(found);
                            }
                        },
                        failure -> {
                            if (mine == latest) {
                                answered = mine;
                                reach.failed();
                            }
                        }));
    }

    private void show(Outcome found) {
        outcome = found;
        reach.show(found.audience());
        timeline.show(found.content(), PromotionState.DRAFT, reach.words(), null, null);
        form.show(found.problems());
        missing.show(found.problems());
        plan.setText(
                found.problems().isEmpty()
                        ? t("promotions.plan_for", found.audience().mailed())
                        : t("promotions.plan"));
    }

    /** Asks for a last yes, with what will happen; where something is missing, leads there instead. */
    private void confirm() {
        PromotionContent content = form.content().orElse(null);
        if (content == null) {
            form.jumpToMissing();
            Toasts.error(t("promotions.days_missing"));
            return;
        }
        AudienceCount people = services.promotions().audience(content);
        List<PromotionProblem> problems = services.promotions().problems(content, people);
        if (!problems.isEmpty()) {
            show(new Outcome(content, people, problems));
            form.insist(problems);
            return;
        }
        if (!save()) {
            return;
        }
        ConfirmDialog dialog = new ConfirmDialog(
                t("promotions.plan_for", people.mailed()),
                t(
                        content.thankAt() == null ? "promotions.plan_text" : "promotions.plan_text_thanks",
                        people.mailed(),
                        Formats.dateTime(content.announceAt().atZone(zone).toInstant(), zone),
                        Formats.date(content.validFrom()),
                        Formats.date(content.validUntil())),
                t("promotions.plan_for", people.mailed()),
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
            form.insist(e.problems());
            Toasts.error(e.problems().getFirst().message());
        } catch (CampaignNotReady e) {
            Toasts.error(String.join(" ", e.problems()));
        }
    }
}
