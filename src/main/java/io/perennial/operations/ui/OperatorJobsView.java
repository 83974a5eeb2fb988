package io.perennial.operations.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.perennial.accounts.Backstage;
import io.perennial.accounts.Operator;
import io.perennial.accounts.OrderedWork;
import io.perennial.operations.OperatorJobs;
import io.perennial.operations.OperatorJobs.Job;
import io.perennial.operations.OperatorJobs.Ordered;
import io.perennial.operations.OperatorJobs.Query;
import io.perennial.operations.OperatorJobs.State;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs by itself: when it did and will, how it went, and the hand on it. */
@Route("operator/jobs")
@Menu(title = "operations.jobs.menu", icon = "vaadin:clock", order = 210)
@RolesAllowed(Operator.AUTHORITY)
class OperatorJobsView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final Duration PULSE = Duration.ofSeconds(10);

    /** What is read at each pulse. */
    private record Reading(List<Job> jobs, List<Ordered> ordered) {}

    private final transient OperatorJobs jobs;
    private final transient Backstage backstage;
    private final Div once = new Div();
    private final Div everywhere = new Div();
    private final Div ordered = new Div();
    private final RunList runs;
    private Registration pulse = () -> {};
    private @Nullable Reading shown;

    OperatorJobsView(OperatorJobs jobs, Backstage backstage) {
        this.jobs = jobs;
        this.backstage = backstage;
        this.runs = new RunList(jobs);
        addClassNames("page", "operator-jobs");
        add(
                new PageHead(t("operations.jobs.title"), t("operations.jobs.lead")),
                section("ordered", ordered),
                section("once", once),
                section("everywhere", everywhere),
                section("runs", runs));
        show(read());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        runs.show(new Query(
                parameters.getSingleParameter("q").orElse(""),
                parameters.getParameters().containsKey("failed")));
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        pulse = backstage.every(PULSE, event.getUI(), this::read, this::show);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        pulse.remove();
        super.onDetach(event);
    }

    private Reading read() {
        return new Reading(jobs.jobs(), jobs.ordered());
    }

    private void show(Reading now) {
        if (now.equals(shown)) {
            return; // what has the focus keeps it
        }
        shown = now;
        fill(
                once,
                now.jobs().stream()
                        .filter(job -> !job.everywhere())
                        .map(this::row)
                        .toList());
        fill(
                everywhere,
                now.jobs().stream().filter(Job::everywhere).map(this::row).toList());
        fill(ordered, now.ordered().stream().map(OperatorJobsView::row).toList());
    }

    private ListItem row(Job job) {
        String name = JobWords.name(job.name());
        State state = job.state();
        Div beside = new Div(new Span(lastRun(state)), badge(job));
        if (job.runnable()) {
            beside.add(lever("run", name, () -> {
                jobs.runNow(job.name());
                Toasts.success(t("operations.jobs.asked", name));
            }));
        }
        if (job.pausable()) {
            beside.add(
                    job.isPaused() ? lever("resume", name, () -> resume(job)) : lever("pause", name, () -> pause(job)));
        }
        beside.addClassName("operator-beside");
        ListItem item = new ListItem(words(name, note(job)), beside);
        if (state != null && state.error() != null) {
            Paragraph error = new Paragraph(t(
                    "operations.jobs.last_error",
                    Formats.relative(state.failedAt()),
                    String.valueOf(state.errorId()),
                    state.error()));
            error.addClassName("operator-error");
            item.add(error);
        }
        return item;
    }

    private void pause(Job job) {
        jobs.pause(job.name());
        Toasts.success(
                t("operations.jobs.paused", JobWords.name(job.name())), t("operations.jobs.resume"), () -> resume(job));
        show(read());
    }

    private void resume(Job job) {
        jobs.resume(job.name());
        Toasts.success(t("operations.jobs.resumed", JobWords.name(job.name())));
        show(read());
    }

    private static String note(Job job) {
        String rhythm = JobWords.rhythm(job.rhythm());
        return job.isPaused()
                ? t(
                        "operations.jobs.paused_by",
                        rhythm,
                        String.valueOf(job.state() == null ? "" : job.state().pausedBy()))
                : job.nextAt() == null ? rhythm : t("operations.jobs.next", rhythm, Formats.relative(job.nextAt()));
    }

    private static String lastRun(@Nullable State state) {
        return state == null || state.beganAt() == null
                ? t("operations.jobs.never")
                : t("operations.jobs.last", Formats.relative(state.beganAt()), JobWords.span(state.took()));
    }

    private static StatusBadge badge(Job job) {
        if (job.isPaused()) {
            return new StatusBadge(t("operations.jobs.state_paused"), Tone.ATTENTION);
        }
        if (job.isFailing()) {
            return new StatusBadge(t("operations.jobs.state_failed"), Tone.BAD);
        }
        return job.state() == null || job.state().okAt() == null
                ? new StatusBadge(t("operations.jobs.state_none"), Tone.NEUTRAL)
                : new StatusBadge(t("operations.jobs.state_ok"), Tone.GOOD);
    }

    private static ListItem row(Ordered kind) {
        long running = kind.open().stream().filter(OrderedWork.Open::running).count();
        StatusBadge badge = kind.today().failed() > 0
                ? new StatusBadge(t("operations.jobs.broke", kind.today().failed()), Tone.ATTENTION)
                : new StatusBadge(
                        t(kind.open().isEmpty() ? "operations.jobs.idle" : "operations.jobs.at_work"),
                        kind.open().isEmpty() ? Tone.NEUTRAL : Tone.INFO);
        Div beside = new Div(
                new Span(
                        kind.open().isEmpty()
                                ? t("operations.jobs.ordered_done", kind.today().well())
                                : t(
                                        "operations.jobs.ordered_figures",
                                        running,
                                        kind.open().size() - running,
                                        kind.today().well())),
                badge);
        beside.addClassName("operator-beside");
        ListItem item = new ListItem(words(t(kind.nameKey()), ""), beside);
        kind.open().stream().limit(5).forEach(open -> {
            Paragraph line = new Paragraph(t(
                    open.running() ? "operations.jobs.open_running" : "operations.jobs.open_waiting",
                    open.business(),
                    Formats.relative(open.since()),
                    open.share() == null ? Formats.NONE : Formats.percent(open.share(), 0)));
            line.addClassName("operator-error");
            item.add(line);
        });
        return item;
    }

    private static Div words(String name, String note) {
        Span title = new Span(name);
        title.addClassName("face-name");
        Span below = new Span(note);
        below.addClassName("face-note");
        Div words = new Div(title, below);
        words.addClassName("face-words");
        return words;
    }

    private static Button lever(String deed, String whose, Runnable action) {
        Button button = new Button(t("operations.jobs." + deed), e -> action.run());
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.setAriaLabel(t("operations.jobs." + deed + "_which", whose));
        return button;
    }

    private static Section section(String key, Component content) {
        H2 title = new H2(t("operations.jobs." + key));
        title.addClassName("section-title");
        Paragraph lead = new Paragraph(t("operations.jobs." + key + "_lead"));
        lead.addClassName("operator-lead");
        Section section = new Section(title, lead, content);
        section.addClassName("operator-section");
        return section;
    }

    private static void fill(Div place, List<ListItem> items) {
        UnorderedList list = new UnorderedList();
        list.addClassNames("card", "operator-list");
        items.forEach(list::add);
        place.removeAll();
        place.add(list);
    }

    @Override
    public String getPageTitle() {
        return t("operations.jobs.title");
    }
}
