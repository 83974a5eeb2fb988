package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Business;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.RuleChoices;
import io.perennial.segments.RuleProblem;
import io.perennial.segments.SegmentChangedMeanwhile;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentNameTaken;
import io.perennial.segments.Segments;
import io.perennial.segments.Starter;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.UnsavedChanges;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The editor of one segment: its name and rule, and beside it who fits the rule now. */
@Route("segments/:segment")
@RolesAllowed(Permission.Names.SEGMENT_READ)
class SegmentView extends Main implements BeforeEnterObserver, BeforeLeaveObserver, HasDynamicTitle {

    /** What was last saved, to know whether something would be lost. */
    private record Saved(String name, Rule rule) {}

    private final Segments segments;
    private final RuleChoices choices;
    private final RuleHistory history = new RuleHistory();
    private final Button undo = new Button(t("segments.undo"), VaadinIcon.ROTATE_LEFT.create(), e -> undo());
    private final Button document = new Button(t("segments.document.open"), VaadinIcon.CODE.create(), e -> document());
    private final Business business;
    private final boolean mayWrite = CurrentStaff.may(Permission.SEGMENT_WRITE);
    private final TextField name = new TextField(t("segments.name"));
    private final Div builder = new Div();
    private final PageHead head;
    private final LivePreview preview;
    private final Anchor use = new Anchor("", t("segments.use"));
    private final Div more = new Div();
    private final transient SegmentServices services;
    private final Span badges = new Span();
    private @Nullable GroupEditor editor;
    private Saved saved = new Saved("", Rule.everybody());
    private @Nullable SegmentDetails segment;

    SegmentView(SegmentServices services, RuleChoices choices) {
        this.services = services;
        this.segments = services.segments();
        this.choices = choices;
        this.business = services.businesses().current();
        this.preview = new LivePreview(services.rules(), services.counting(), business.currency());
        undo.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        undo.setVisible(mayWrite);
        document.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        addClassName("page");
        Button save = new Button(t("segments.save"), e -> save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setVisible(mayWrite);
        head = new PageHead(t("segments.untitled"), t("segments.unsaved"), more, use, save);
        head.addBesideTitle(badges);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String wanted = event.getRouteParameters().get("segment").orElse("new");
        try {
            if (wanted.equals("new")) {
                begin(event.getLocation().getQueryParameters());
            } else {
                SegmentDetails details = segments.open(new SegmentId(Long.parseLong(wanted)));
                if (details.list()) {
                    event.forwardTo(SegmentPages.people(details.id()));
                } else {
                    opened(details);
                }
            }
        } catch (NoSuchElementException | IllegalArgumentException e) {
            removeAll();
            Button back =
                    new Button(t("segments.back"), click -> UI.getCurrent().navigate(SegmentsView.class));
            add(new EmptyState(VaadinIcon.GROUP, t("segments.not_found_title"), t("segments.not_found"), back));
        }
    }

    private void begin(QueryParameters query) {
        Optional<String> copied = query.getSingleParameter("copy");
        Optional<String> starter = query.getSingleParameter("starter");
        if (copied.isPresent()) {
            SegmentDetails original = segments.open(new SegmentId(Long.parseLong(copied.get())));
            lay(t("segments.copy_of", original.name()), original.rule());
        } else if (starter.isPresent()) {
            Starter chosen = Starter.valueOf(starter.get());
            lay(t("segments.starter." + chosen), chosen.rule(services.rules().muchSpent()));
        } else {
            lay("", new Group(Match.ALL, List.of(ConditionRow.blank())));
        }
        saved = new Saved(name.getValue(), rule());
    }

    private void opened(SegmentDetails details) {
        segment = details;
        lay(details.name(), details.rule());
        settle(details);
    }

    /** Puts the page together around a name and a rule. */
    private void lay(String itsName, Rule rule) {
        name.setValue(itsName);
        name.setPlaceholder(t("segments.name_placeholder"));
        name.setMaxLength(120);
        name.setReadOnly(!mayWrite);
        name.addClassName("segment-name-field");
        name.setValueChangeMode(ValueChangeMode.LAZY);
        name.addValueChangeListener(e -> {
            name.setInvalid(false);
            showState();
        });
        H2 title = new H2(t("segments.who"));
        title.addClassName("section-title");
        Div tools = new Div(undo, document);
        tools.addClassName("rule-tools");
        Div who = new Div(title, tools);
        who.addClassName("rule-title");
        edit(rule);
        history.begin(rule());
        undo.setEnabled(false);
        Div left = new Div(name, who, builder);
        left.addClassName("segment-left");
        Div sides = new Div(left, preview);
        sides.addClassName("segment-sides");
        use.setVisible(segment != null && CurrentStaff.may(Permission.CAMPAIGN_WRITE));
        use.addClassName("button-link");
        more.setVisible(segment != null);
        removeAll();
        add(head);
        if (segment != null) {
            add(SegmentPages.links(segment, SegmentPages.rule(segment.id())));
        }
        add(sides);
    }

    private void edit(Rule rule) {
        Group group = rule instanceof Group g ? g : new Group(Match.ALL, List.of(rule));
        BuilderContext context = BuilderContext.of(choices, business.currency().getCurrencyCode(), id());
        editor = new GroupEditor(context, group, 0, this::changed, null);
        builder.removeAll();
        if (mayWrite) {
            builder.add(editor);
        } else {
            inWords(rule);
        }
    }

    /** Who may not change a rule reads it; fields that take what is never saved would only mislead. */
    private void inWords(Rule rule) {
        Paragraph words = new Paragraph(services.rules().sentence(rule));
        words.addClassName("rule-words");
        Paragraph why = new Paragraph(t("segments.read_only"));
        why.addClassName("rule-only-read");
        builder.add(words, why);
    }

    private void undo() {
        history.back().ifPresent(this::replace);
    }

    private void document() {
        new DocumentDialog(services.rules(), rule(), id(), mayWrite ? this::replace : null).open();
    }

    private void replace(Rule rule) {
        edit(rule);
        changed();
    }

    private @Nullable SegmentId id() {
        return segment == null ? null : segment.id();
    }

    private Rule rule() {
        return editor == null ? Rule.everybody() : editor.rule();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        changed();
    }

    private void changed() {
        Rule rule = rule();
        history.now(rule);
        undo.setEnabled(history.canGoBack());
        List<RuleProblem> problems = services.rules().check(rule, id());
        show(problems, false);
        if (problems.isEmpty()) {
            getUI().ifPresent(ui -> preview.show(ui, rule));
        } else {
            preview.incomplete();
        }
        showState();
    }

    private void show(List<RuleProblem> problems, boolean all) {
        if (editor != null) {
            editor.show(problems, "", all);
        }
    }

    private boolean isDirty() {
        return mayWrite && getChildren().anyMatch(c -> c == head) && !saved.equals(new Saved(name.getValue(), rule()));
    }

    private void showState() {
        head.setLead(
                segment == null
                        ? t("segments.unsaved")
                        : isDirty() ? t("segments.changed") : services.rules().sentence(saved.rule()));
    }

    private boolean save() {
        List<RuleProblem> problems = services.rules().check(rule(), id());
        if (!problems.isEmpty()) {
            show(problems, true);
            if (editor != null) {
                editor.focusProblem();
            }
            Toasts.error(t("segments.fix_first"));
            return false;
        }
        try {
            boolean isNew = segment == null;
            SegmentDetails now = isNew
                    ? segments.open(segments.create(name.getValue(), rule()).id())
                    : segments.change(segment.id(), name.getValue(), rule(), segment.version());
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
        name.setValue(now.name());
        saved = new Saved(now.name(), rule());
        head.setTitle(now.name());
        use.setHref("campaigns/new?segment=" + now.id());
        use.setVisible(!now.isArchived() && CurrentStaff.may(Permission.CAMPAIGN_WRITE));
        more.removeAll();
        more.add(new SegmentMenu(services, now, this::settled));
        more.setVisible(true);
        badges.removeAll();
        SegmentPages.badges(now).forEach(badges::add);
        showState();
    }

    /** Nothing is lost by leaving now. */
    private void settled() {
        saved = new Saved(name.getValue(), rule());
    }

    @Override
    public void beforeLeave(BeforeLeaveEvent event) {
        if (!isDirty()) {
            return;
        }
        UnsavedChanges.ask(event, t("segments.leave_text"), this::save);
    }

    @Override
    public String getPageTitle() {
        return segment == null ? t("segments.untitled") : segment.name();
    }
}
