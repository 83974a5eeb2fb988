package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.shared.Registration;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.campaigns.AudienceCount;
import io.perennial.campaigns.CampaignContent;
import io.perennial.campaigns.CampaignId;
import io.perennial.campaigns.CampaignNotReady;
import io.perennial.campaigns.CampaignPreview;
import io.perennial.campaigns.CampaignProblem;
import io.perennial.campaigns.PlannedTime;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Toasts;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * The editor of a draft: who, what and when at the left, at the right what comes of it, counted anew beside the page
 * after every change. Each change is saved at once; a new campaign comes into being with its first one.
 */
class CampaignEditor extends Composite<Div> {

    /** What is read off the page's thread after a change. */
    private record Outcome(
            AudienceCount audience,
            List<CampaignProblem> problems,
            List<CampaignProblem> warnings,
            CampaignPreview preview,
            PaceNotice.Outlook outlook) {}

    private final CampaignServices services;
    private final Consumer<CampaignId> reopen;
    private final ZoneId zone;
    private final CampaignForm form;
    private final LiveResult result;
    private final Span saved = new Span();
    private final Button send = new Button();
    private final PageHead head;
    private @Nullable CampaignId id;
    private @Nullable Outcome outcome;
    private Registration reading = () -> {};
    private long sample;
    private int latest;

    CampaignEditor(
            CampaignServices services, @Nullable CampaignId id, CampaignContent content, Consumer<CampaignId> reopen) {
        this.services = services;
        this.id = id;
        this.reopen = reopen;
        this.zone = services.businesses().current().zone();
        this.form = new CampaignForm(services, zone, content, this::changed);
        this.result = new LiveResult(form::jumpTo, this::anotherSample);
        saved.addClassName("campaign-saved");
        saved.getElement().setAttribute("role", "status");
        send.addThemeVariants(ButtonVariant.PRIMARY);
        send.addClickListener(e -> send());
        send.setVisible(CurrentStaff.may(Permission.CAMPAIGN_SEND));
        head = new PageHead(
                id == null
                        ? t("campaigns.new")
                        : CampaignWords.nameOf(services.desk().require(id)),
                t("campaigns.editor_lead"),
                saved,
                menu(),
                send);
        Div sides = new Div(form, result);
        sides.addClassName("campaign-editor");
        getContent().addClassName("campaign-page");
        getContent().add(head, sides);
        nameTheDeed();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        look(event.getUI());
    }

    @Override
    protected void onDetach(DetachEvent event) {
        reading.remove();
        super.onDetach(event);
    }

    private MenuBar menu() {
        MenuBar bar = new MenuBar();
        bar.addThemeVariants(MenuBarVariant.TERTIARY);
        var more = bar.addItem(t("campaigns.more")).getSubMenu();
        more.addItem(t("campaigns.copy"), e -> {
            if (id != null) {
                CampaignId copy = services.desk().copy(id);
                UI.getCurrent().navigate("campaigns/" + copy);
            }
        });
        more.addItem(t("campaigns.delete"), e -> confirmDelete());
        return bar;
    }

    private void changed() {
        save();
        nameTheDeed();
        getUI().ifPresent(this::look);
    }

    private void save() {
        CampaignContent content = form.content();
        try {
            if (id == null) {
                id = services.desk().create(content);
                UI.getCurrent().getPage().getHistory().replaceState(null, "campaigns/" + id);
            } else {
                services.desk().change(id, content);
            }
            head.setTitle(content.name().isEmpty() ? t("campaigns.untitled") : content.name());
            saved.setText(t(
                    "campaigns.saved",
                    DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).format(LocalTime.now(zone))));
        } catch (OptimisticLockingFailureException | IllegalStateException e) {
            Toasts.error(t("campaigns.changed_meanwhile"));
            reopen.accept(Objects.requireNonNull(id));
        }
    }

    /** Counts, checks and renders beside the page; an answer that a later change has overtaken is dropped. */
    private void look(UI ui) {
        reading.remove();
        int mine = ++latest;
        CampaignContent content = form.content();
        boolean now = form.isNow();
        long which = sample;
        CampaignId edited = id;
        result.waiting();
        reading = services.backstage()
                .read(
                        ui,
                        () -> {
                            AudienceCount audience = services.desk().audience(content, now);
                            return new Outcome(
                                    audience,
                                    services.desk().problems(edited, content, audience, now),
                                    services.desk().warnings(),
                                    services.previews().of(content, which),
                                    services.outlook(audience, content, now));
                        },
                        found -> {
                            if (mine == latest) {
                                show(found);
                            }
                        },
                        failure -> {
                            if (mine == latest) {
                                result.failed(() -> getUI().ifPresent(this::look));
                            }
                        });
    }

    private void show(Outcome found) {
        outcome = found;
        result.show(found.audience(), found.problems(), found.warnings(), found.preview());
        result.show(found.outlook(), zone);
        form.open(found.audience().mailed() > 0, form.content().template() != null);
        nameTheDeed();
    }

    private void anotherSample() {
        sample++;
        getUI().ifPresent(this::look);
    }

    /** The button says what happens, when and to how many. */
    private void nameTheDeed() {
        long people = outcome == null ? 0 : outcome.audience().mailed();
        PlannedTime when = form.when();
        if (form.isNow()) {
            send.setText(t("campaigns.send_now", people));
        } else if (when == null) {
            send.setText(t("campaigns.schedule"));
        } else {
            send.setText(t("campaigns.schedule_for", CampaignWords.shortTime(when), people));
        }
        send.setEnabled(outcome != null);
    }

    /** Does the deed; where something is missing, leads to the first of it instead. */
    private void send() {
        // Asked for again: what stands at the right may be of a moment ago.
        CampaignContent content = form.content();
        AudienceCount audience = services.desk().audience(content, form.isNow());
        List<CampaignProblem> problems = services.desk().problems(id, content, audience, form.isNow());
        if (!problems.isEmpty()) {
            leadTo(problems.stream()
                    .min(Comparator.comparing(CampaignProblem::place))
                    .orElseThrow());
            return;
        }
        if (id == null) {
            save();
        }
        CampaignId campaign = Objects.requireNonNull(id);
        if (!form.isNow()) {
            PlannedTime when = Objects.requireNonNull(form.when());
            act(() -> services.control().schedule(campaign, when.asked()), campaign);
            return;
        }
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(t("campaigns.send_now", audience.mailed()));
        Div words = new Div(new Span(t("campaigns.send_now_consequence", audience.mailed())));
        words.add(CampaignWords.leftOutList(audience));
        dialog.setText(words);
        dialog.setCancelable(true);
        dialog.setCancelText(t("campaigns.not_yet"));
        dialog.setConfirmText(t("campaigns.send_now", audience.mailed()));
        dialog.addConfirmListener(e -> act(() -> services.control().sendNow(campaign), campaign));
        dialog.open();
    }

    private void leadTo(CampaignProblem first) {
        if (first.place() == CampaignProblem.Place.SENDER) {
            Toasts.error(first.message()); // put right in the settings; the list at the right leads there
        } else {
            form.jumpTo(first.place());
        }
    }

    private void act(Runnable deed, CampaignId campaign) {
        try {
            deed.run();
            reopen.accept(campaign);
        } catch (CampaignNotReady e) {
            Toasts.error(String.join(" ", e.problems()));
            getUI().ifPresent(this::look);
        } catch (OptimisticLockingFailureException | IllegalStateException e) {
            Toasts.error(t("campaigns.changed_meanwhile"));
            reopen.accept(campaign);
        }
    }

    private void confirmDelete() {
        if (id == null) {
            UI.getCurrent().navigate(CampaignsView.class);
            return;
        }
        CampaignId campaign = id;
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(t("campaigns.delete_title"));
        dialog.setText(t("campaigns.delete_consequence"));
        dialog.setCancelable(true);
        dialog.setCancelText(t("campaigns.keep"));
        dialog.setConfirmText(t("campaigns.delete"));
        dialog.setConfirmButtonTheme("error primary");
        dialog.addConfirmListener(e -> {
            services.desk().delete(campaign);
            UI.getCurrent().navigate(CampaignsView.class);
        });
        dialog.open();
    }
}
