package io.perennial.delivery.ui;

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
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.perennial.accounts.Backstage;
import io.perennial.accounts.Operator;
import io.perennial.delivery.RunProgress;
import io.perennial.delivery.RunState;
import io.perennial.delivery.pace.OperatorQueue;
import io.perennial.delivery.pace.OperatorQueue.Grant;
import io.perennial.delivery.pace.OperatorQueue.Lock;
import io.perennial.delivery.pace.OperatorQueue.Node;
import io.perennial.delivery.pace.OperatorQueue.QueuedRun;
import io.perennial.delivery.pace.OperatorQueue.Server;
import io.perennial.uikit.Formats;
import io.perennial.uikit.MetricTile;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** All sending of the installation at a glance, and the levers to stop parts of it. */
@Route("operator/queue")
@Menu(title = "delivery.queue.menu", icon = "vaadin:truck", order = 200)
@RolesAllowed(Operator.AUTHORITY)
class OperatorQueueView extends Main implements HasDynamicTitle, AfterNavigationObserver {

    private static final Duration PULSE = Duration.ofSeconds(5);

    /** What is read at each pulse. */
    private record Reading(
            Lock lock, List<QueuedRun> runs, List<Grant> grants, List<Node> nodes, List<Server> servers) {}

    private final transient OperatorQueue queue;
    private final transient Backstage backstage;
    private final Div lockPlace = new Div();
    private final Div tiles = new Div();
    private final Div runs = new Div();
    private final Div servers = new Div();
    private final Div businesses = new Div();
    private final Div nodes = new Div();
    private final OperatorDeeds deeds;
    private Registration pulse = () -> {};
    private @Nullable Reading shown;

    OperatorQueueView(OperatorQueue queue, Backstage backstage) {
        this.queue = queue;
        this.backstage = backstage;
        this.deeds = new OperatorDeeds(queue, () -> show(read()));
        addClassNames("page", "operator-queue");
        tiles.addClassName("metric-tiles");
        add(
                new PageHead(t("delivery.queue.title"), t("delivery.queue.lead")),
                lockPlace,
                tiles,
                section("runs", runs),
                section("servers", servers),
                section("businesses", businesses),
                section("nodes", nodes));
        show(read());
    }

    /** The page of health leads here to unlock. */
    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        boolean asked = event.getLocation().getQueryParameters().getParameters().containsKey("unlock");
        Lock lock = queue.lock();
        if (asked && lock.closed() && !lock.byConfiguration()) {
            deeds.unlock();
        }
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
        return new Reading(queue.lock(), queue.runs(), queue.grants(), queue.nodes(), queue.servers());
    }

    private void show(Reading now) {
        if (now.equals(shown)) {
            return; // what has the focus keeps it
        }
        shown = now;
        lockPlace.removeAll();
        lockPlace.add(lock(now.lock()));
        tiles(now);
        fill(runs, now.runs().stream().map(this::run).toList(), "delivery.queue.no_runs");
        fill(servers, now.servers().stream().map(this::server).toList(), "delivery.queue.no_servers");
        fill(
                businesses,
                now.grants().stream()
                        .map(grant -> business(grant, now.lock().closed()))
                        .toList(),
                "delivery.queue.no_businesses");
        fill(nodes, now.nodes().stream().map(OperatorQueueView::node).toList(), "delivery.queue.no_nodes");
    }

    private Component lock(Lock lock) {
        Paragraph words = new Paragraph(
                lock.closed() ? t("delivery.queue.locked", String.valueOf(lock.reason())) : t("delivery.queue.open"));
        Div box = new Div(words);
        box.addClassNames("operator-lock", "card", lock.closed() ? "tone-bad" : "tone-good");
        if (lock.closed() && lock.since() != null) {
            words.add(" " + t("delivery.queue.locked_since", Formats.relative(lock.since())));
        }
        if (!lock.byConfiguration()) {
            Button lever = lock.closed()
                    ? new Button(t("delivery.queue.unlock"), e -> deeds.unlock())
                    : new Button(t("delivery.queue.lock"), e -> deeds.lock());
            if (lock.closed()) {
                lever.addThemeVariants(ButtonVariant.PRIMARY);
            }
            box.add(lever);
        }
        return box;
    }

    private void tiles(Reading now) {
        tiles.removeAll();
        String oldest = now.runs().stream()
                .filter(run -> run.progress().waiting() > 0)
                .findFirst()
                .map(run -> Formats.relative(run.since()))
                .orElse(t("delivery.queue.nothing_waits"));
        tiles.add(
                new MetricTile(t("delivery.queue.waiting"), sum(now, RunProgress::waiting), oldest),
                new MetricTile(t("delivery.queue.in_flight"), sum(now, RunProgress::inFlight), t("delivery.queue.now")),
                new MetricTile(t("delivery.queue.sent"), sum(now, RunProgress::sent), t("delivery.queue.of_these")),
                new MetricTile(t("delivery.queue.failed"), sum(now, RunProgress::failed), t("delivery.queue.of_these")),
                new MetricTile(
                        t("delivery.queue.in_doubt"),
                        sum(now, RunProgress::inDoubt),
                        t("delivery.queue.in_doubt_note")));
    }

    private static String sum(Reading now, ToLongFunction<RunProgress> figure) {
        return Formats.number(now.runs().stream()
                .mapToLong(run -> figure.applyAsLong(run.progress()))
                .sum());
    }

    private ListItem run(QueuedRun run) {
        RunProgress p = run.progress();
        StatusBadge badge = new StatusBadge(
                t("delivery.queue.state_" + p.state().name().toLowerCase(Locale.ROOT)),
                p.state() == RunState.PAUSED ? Tone.ATTENTION : Tone.INFO);
        ListItem item = item(
                run.business(),
                t("delivery.queue.run", Long.toString(run.id().value(), 36)) + " · " + Formats.relative(run.since()),
                badge,
                new Span(
                        t("delivery.queue.run_figures", p.waiting(), p.inFlight(), p.sent(), p.failed(), p.inDoubt())));
        String said = p.reason() == null ? run.lastError() : p.reason();
        if (said != null) {
            Paragraph error = new Paragraph(t("delivery.queue.last_error", said));
            error.addClassName("operator-error");
            item.add(error);
        }
        return item;
    }

    private ListItem server(Server server) {
        boolean paused = server.pausedReason() != null;
        StatusBadge badge = paused
                ? new StatusBadge(t("delivery.queue.paused"), Tone.ATTENTION)
                : server.nodesFailing() > 0
                        ? new StatusBadge(t("delivery.queue.failing", server.nodesFailing()), Tone.BAD)
                        : new StatusBadge(t("delivery.queue.reachable"), Tone.GOOD);
        String note = server.since() == null ? "" : t("delivery.queue.since", Formats.relative(server.since()));
        ListItem item = item(
                server.key(),
                note,
                badge,
                paused
                        ? lever("resume", server.key(), () -> deeds.resumeServer(server.key()))
                        : lever("pause", server.key(), () -> deeds.pauseServer(server.key())));
        String said = paused ? server.pausedReason() : server.nodesFailing() > 0 ? server.lastError() : null;
        if (said != null) {
            Paragraph words = new Paragraph(said);
            words.addClassName("operator-error");
            item.add(words);
        }
        return item;
    }

    private ListItem business(Grant grant, boolean locked) {
        boolean paused = grant.pausedReason() != null;
        StatusBadge badge = grant.stopped()
                ? new StatusBadge(t("delivery.queue.stopped"), Tone.BAD)
                : paused
                        ? new StatusBadge(t("delivery.queue.paused"), Tone.ATTENTION)
                        : locked
                                ? new StatusBadge(t("delivery.health.locked"), Tone.BAD)
                                : new StatusBadge(t("delivery.queue.sending"), Tone.GOOD);
        Button share = lever("share", grant.business(), () -> deeds.share(grant));
        ListItem item = item(
                grant.business(),
                t("delivery.queue.weight", grant.weight()) + ceilings(grant),
                badge,
                share,
                paused
                        ? lever("resume", grant.business(), () -> deeds.resumeBusiness(grant))
                        : lever("pause", grant.business(), () -> deeds.pauseBusiness(grant)));
        if (paused) {
            Paragraph words = new Paragraph(t(
                    "delivery.queue.paused_by",
                    String.valueOf(grant.pausedReason()),
                    String.valueOf(grant.pausedBy()),
                    Formats.relative(grant.pausedAt())));
            words.addClassName("operator-error");
            item.add(words);
        }
        return item;
    }

    private static String ceilings(Grant grant) {
        String words = "";
        if (grant.maxPerHour() != null) {
            words += " · " + t("delivery.queue.max_hour", Formats.number(grant.maxPerHour()));
        }
        if (grant.maxPerDay() != null) {
            words += " · " + t("delivery.queue.max_day", Formats.number(grant.maxPerDay()));
        }
        return words;
    }

    private static ListItem node(Node node) {
        return item(
                node.host() + " · " + t("delivery.queue.process", Long.toString(node.pid())),
                t("delivery.queue.started", Formats.relative(node.startedAt())),
                node.isAlive()
                        ? new StatusBadge(t("delivery.queue.alive"), Tone.GOOD)
                        : new StatusBadge(t("delivery.queue.silent"), Tone.BAD));
    }

    private static Button lever(String deed, String whose, Runnable action) {
        Button button = new Button(t("delivery.queue." + deed), e -> action.run());
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.setAriaLabel(t("delivery.queue." + deed + "_whose", whose));
        return button;
    }

    private static ListItem item(String name, String note, Component... rest) {
        Span title = new Span(name);
        title.addClassName("face-name");
        Span below = new Span(note);
        below.addClassName("face-note");
        Div words = new Div(title, below);
        words.addClassName("face-words");
        Div beside = new Div(rest);
        beside.addClassName("operator-beside");
        return new ListItem(words, beside);
    }

    private static Section section(String key, Div content) {
        H2 title = new H2(t("delivery.queue." + key));
        title.addClassName("section-title");
        Section section = new Section(title, content);
        section.addClassName("operator-section");
        return section;
    }

    private static void fill(Div place, List<ListItem> items, String emptyKey) {
        place.removeAll();
        if (items.isEmpty()) {
            place.add(new Paragraph(t(emptyKey)));
            return;
        }
        UnorderedList list = new UnorderedList();
        list.addClassNames("card", "operator-list");
        items.forEach(list::add);
        place.add(list);
    }

    @Override
    public String getPageTitle() {
        return t("delivery.queue.title");
    }
}
