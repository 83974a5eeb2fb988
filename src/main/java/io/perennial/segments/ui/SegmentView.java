package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Business;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.segments.Rule;
import io.perennial.segments.RuleChoices;
import io.perennial.segments.RuleProblem;
import io.perennial.segments.SegmentChangedMeanwhile;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentNameTaken;
import io.perennial.segments.Segments;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.UnsavedChanges;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The editor of one segment: its name and rule, and beside it who fits the rule now. */
@Route("segments/:segment")
@RolesAllowed(Permission.Names.SEGMENT_READ)
class SegmentView extends Main implements BeforeEnterObserver, BeforeLeaveObserver, HasDynamicTitle {

    private final transient SegmentServices services;
    private final Segments segments;
    private final boolean mayWrite = CurrentStaff.may(Permission.SEGMENT_WRITE);
    private final TextField name = new TextField(t("segments.name"));
    private final RuleSection rule;
    private final LivePreview preview;
    private final PageHead head;
    private final Anchor use = new Anchor("", t("segments.use"));
    private final Div more = new Div();
    private final Div pages = new Div();
    private final Span badges = new Span();
    private SegmentDraft saved = new SegmentDraft("", Rule.everybody());
    private @Nullable SegmentDetails segment;

    SegmentView(SegmentServices services, RuleChoices choices) {
        this.services = services;
        this.segments = services.segments();
        Business business = services.businesses().current();
        this.preview = new LivePreview(services.rules(), services.counting(), business.currency());
        this.rule = new RuleSection(
                services.rules(), choices, business.currency().getCurrencyCode(), mayWrite, this::changed);
        addClassName("page");
        Button save = new Button(t("segments.save"), e -> save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setVisible(mayWrite);
        use.addClassName("button-link");
        if (mayWrite) {
            use.addClassName("only-wide"); // beside "Save" a phone has no room for it: there it is in the menu
        }
        head = new PageHead(t("segments.untitled"), t("segments.unsaved"), more, use, save);
        head.addBesideTitle(badges);
        name.setPlaceholder(t("segments.name_placeholder"));
        name.setMaxLength(120);
        name.setReadOnly(!mayWrite);
        name.addClassName("segment-name-field");
        name.setValueChangeMode(ValueChangeMode.LAZY);
        name.addValueChangeListener(e -> {
            name.setInvalid(false);
            showState();
        });
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String wanted = event.getRouteParameters().get("segment").orElse("new");
        try {
            if (wanted.equals("new") && !mayWrite) {
                instead(t("segments.new_refused_title"), t("segments.new_refused"));
            } else if (wanted.equals("new")) {
                lay(SegmentDraft.of(event.getLocation().getQueryParameters(), services));
                saved = draft();
                if (name.isEmpty()) {
                    name.focus();
                }
            } else {
                SegmentDetails details = segments.open(new SegmentId(Long.parseLong(wanted)));
                if (details.list()) {
                    event.forwardTo(SegmentPages.people(details.id()));
                } else {
                    opened(details);
                }
            }
        } catch (NoSuchElementException | IllegalArgumentException e) {
            instead(t("segments.not_found_title"), t("segments.not_found"));
        }
    }

    private void instead(String title, String words) {
        removeAll();
        Button back = new Button(t("segments.back"), click -> UI.getCurrent().navigate(SegmentsView.class));
        add(new EmptyState(VaadinIcon.GROUP, title, words, back));
    }

    private void opened(SegmentDetails details) {
        segment = details;
        rule.isOf(details.id());
        lay(new SegmentDraft(details.name(), details.rule()));
        settle(details);
    }

    /** Puts the page together around a name and a rule. */
    private void lay(SegmentDraft draft) {
        name.setValue(draft.name());
        rule.begin(draft.rule());
        Div left = new Div(name, rule);
        left.addClassName("segment-left");
        Div sides = new Div(left, preview);
        sides.addClassName("segment-sides");
        use.setVisible(segment != null && CurrentStaff.may(Permission.CAMPAIGN_WRITE));
        more.setVisible(segment != null);
        pages.setVisible(segment != null);
        removeAll();
        add(head, pages, sides);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        rule.lookFirst();
    }

    private void changed(List<RuleProblem> problems) {
        if (problems.isEmpty()) {
            getUI().ifPresent(ui -> preview.show(ui, rule.rule()));
        } else {
            preview.incomplete();
        }
        showState();
    }

    private SegmentDraft draft() {
        return new SegmentDraft(name.getValue(), rule.rule());
    }

    private boolean isDirty() {
        return mayWrite && getChildren().anyMatch(c -> c == head) && !saved.equals(draft());
    }

    private void showState() {
        head.setLead(
                segment == null
                        ? t("segments.unsaved")
                        : isDirty() ? t("segments.changed") : services.rules().sentence(saved.rule()));
    }

    private boolean save() {
        if (!rule.isFine()) {
            Toasts.error(t("segments.fix_first"));
            return false;
        }
        try {
            boolean isNew = segment == null;
            SegmentDetails now = isNew
                    ? segments.open(
                            segments.create(name.getValue(), rule.rule()).id())
                    : segments.change(segment.id(), name.getValue(), rule.rule(), segment.version());
            settle(now);
            if (isNew) {
                UI.getCurrent().getPage().getHistory().replaceState(null, "segments/" + now.id());
            }
            Toasts.success(t("segments.saved", now.name()));
            return true;
        } catch (SegmentNameTaken e) {
            refuseName(t("segments.name_taken"));
        } catch (SegmentChangedMeanwhile e) {
            Toasts.error(t("segments.changed_meanwhile"));
        } catch (IllegalArgumentException e) {
            refuseName(t("segments.problem.name", 120));
        }
        return false;
    }

    private void refuseName(String words) {
        name.setErrorMessage(words);
        name.setInvalid(true);
        name.focus();
    }

    private void settle(SegmentDetails now) {
        segment = now;
        rule.isOf(now.id());
        name.setValue(now.name());
        saved = draft();
        head.setTitle(now.name());
        boolean usable = !now.isArchived() && CurrentStaff.may(Permission.CAMPAIGN_WRITE);
        use.setHref(SegmentPages.campaign(now.id()));
        use.setVisible(usable);
        more.removeAll();
        more.add(new SegmentMenu(services, now, usable && mayWrite, this::settled));
        more.setVisible(true);
        pages.removeAll();
        pages.add(SegmentPages.links(now, SegmentPages.rule(now.id())));
        pages.setVisible(true);
        badges.removeAll();
        SegmentPages.badges(now).forEach(badges::add);
        showState();
    }

    /** Nothing is lost by leaving now. */
    private void settled() {
        saved = draft();
    }

    @Override
    public void beforeLeave(BeforeLeaveEvent event) {
        if (isDirty()) {
            UnsavedChanges.ask(event, t("segments.leave_text"), this::save);
        }
    }

    @Override
    public String getPageTitle() {
        return segment == null ? t("segments.untitled") : segment.name();
    }
}
