package io.perennial.operations.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.perennial.accounts.Backstage;
import io.perennial.accounts.Operator;
import io.perennial.operations.OperatorHealth;
import io.perennial.operations.OperatorHealth.Node;
import io.perennial.operations.OperatorHealth.Report;
import io.perennial.uikit.Formats;
import io.perennial.uikit.HealthContribution.Line;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether the installation is well, what is not, and where it is put right. */
@Route("operator/health")
@Menu(title = "operations.health.menu", icon = "vaadin:heart-o", order = 215)
@RolesAllowed(Operator.AUTHORITY)
class OperatorHealthView extends Main implements HasDynamicTitle {

    private static final Duration PULSE = Duration.ofSeconds(15);

    private final transient OperatorHealth health;
    private final transient Backstage backstage;
    private final PageHead head = new PageHead(t("operations.health.title"), t("operations.health.lead"));
    private final Div lines = new Div();
    private final Div nodes = new Div();
    private Registration pulse = () -> {};
    private @Nullable Report shown;

    OperatorHealthView(OperatorHealth health, Backstage backstage) {
        this.health = health;
        this.backstage = backstage;
        addClassNames("page", "operator-health");
        H2 title = new H2(t("operations.health.nodes_title"));
        title.addClassName("section-title");
        Section section = new Section(title, nodes);
        section.addClassName("operator-section");
        add(head, lines, section);
        show(health.report());
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        pulse = backstage.every(PULSE, event.getUI(), health::report, this::show);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        pulse.remove();
        super.onDetach(event);
    }

    private void show(Report report) {
        if (report.equals(shown)) {
            return; // what has the focus keeps it
        }
        shown = report;
        head.setLead(t(
                switch (report.tone()) {
                    case BAD -> "operations.health.lead_bad";
                    case ATTENTION -> "operations.health.lead_attention";
                    default -> "operations.health.lead_good";
                }));
        UnorderedList all = new UnorderedList();
        all.addClassNames("card", "operator-list");
        report.lines().stream().map(OperatorHealthView::row).forEach(all::add);
        lines.removeAll();
        lines.add(all);
        UnorderedList each = new UnorderedList();
        each.addClassNames("card", "operator-list");
        report.nodes().stream().map(OperatorHealthView::row).forEach(each::add);
        nodes.removeAll();
        nodes.add(report.nodes().isEmpty() ? new Paragraph(t("operations.health.no_nodes")) : each);
    }

    private static ListItem row(Line line) {
        Div beside = new Div(new StatusBadge(line.state(), line.tone()));
        beside.addClassName("operator-beside");
        if (line.href() != null && line.action() != null) {
            Anchor deed = new Anchor(line.href(), line.action());
            beside.addComponentAsFirst(deed);
        }
        return new ListItem(words(line.name(), line.words()), beside);
    }

    private static ListItem row(Node node) {
        Div beside = new Div(
                new Span(t(
                        "operations.health.node_figures",
                        node.poolBusy(),
                        node.poolMost(),
                        OperatorHealth.bytes(node.heapUsed()),
                        OperatorHealth.bytes(node.heapMost()),
                        OperatorHealth.bytes(node.diskFree()))),
                node.isAlive()
                        ? new StatusBadge(t("operations.health.alive"), Tone.GOOD)
                        : new StatusBadge(
                                t(
                                        "operations.health.silent_for",
                                        JobWords.span(Duration.ofSeconds(node.silentSeconds()))),
                                Tone.BAD));
        beside.addClassName("operator-beside");
        String name = node.host() + " · " + t("operations.health.process", Long.toString(node.pid()));
        return new ListItem(
                words(
                        node.self() ? t("operations.health.self", name) : name,
                        t(
                                "operations.health.node_note",
                                node.version(),
                                Formats.relative(node.startedAt()),
                                JobWords.span(Duration.ofNanos(node.answerMicros() * 1_000)),
                                node.clockMillis())),
                beside);
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

    @Override
    public String getPageTitle() {
        return t("operations.health.title");
    }
}
