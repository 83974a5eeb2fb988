package io.perennial.operations.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.perennial.accounts.Operator;
import io.perennial.operations.OperatorVersion;
import io.perennial.operations.OperatorVersion.Facts;
import io.perennial.operations.OperatorVersion.Part;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is running here, what it is made of, and under which licences. */
@Route("operator/version")
@Menu(title = "operations.version.menu", icon = "vaadin:info-circle-o", order = 220)
@RolesAllowed(Operator.AUTHORITY)
class OperatorVersionView extends Main implements HasDynamicTitle {

    private final transient OperatorVersion version;

    OperatorVersionView(OperatorVersion version) {
        this.version = version;
        addClassNames("page", "operator-version");
        List<Part> parts = version.parts();
        Component[] actions = parts.isEmpty() ? new Component[0] : new Component[] {download()};
        add(new PageHead(t("operations.version.title"), t("operations.version.lead"), actions), facts(version.facts()));
        H2 title = new H2(t("operations.version.parts"));
        title.addClassName("section-title");
        Section section = new Section(title);
        section.addClassName("operator-section");
        if (parts.isEmpty()) {
            section.add(new EmptyState(
                    VaadinIcon.PACKAGE, t("operations.version.no_parts"), t("operations.version.no_parts_hint")));
        } else {
            section.add(licences(parts), grid(parts));
        }
        add(section);
    }

    private static UnorderedList facts(Facts facts) {
        UnorderedList list = new UnorderedList();
        list.addClassNames("card", "operator-list");
        list.add(
                fact("product", facts.version().equals("source") ? t("operations.version.source") : facts.version()),
                fact("commit", facts.commit().orElse(t("operations.version.untold"))),
                fact(
                        "built",
                        facts.builtAt()
                                .map(at -> Formats.dateTime(at, ZoneOffset.UTC) + " UTC")
                                .orElse(t("operations.version.untold"))),
                fact("java", facts.java()),
                fact("system", facts.system()),
                fact("database", facts.database()),
                fact("frameworks", t("operations.version.frameworks_words", facts.springBoot(), facts.vaadin())));
        return list;
    }

    private static ListItem fact(String key, String value) {
        Span name = new Span(t("operations.version." + key));
        name.addClassName("face-name");
        Span words = new Span(value);
        words.addClassName("operator-fact");
        return new ListItem(name, words);
    }

    private Anchor download() {
        Anchor link = new Anchor(
                (DownloadHandler) event -> {
                    event.setFileName("perennial-sbom.cdx.json");
                    event.setContentType("application/vnd.cyclonedx+json");
                    version.writeParts(event.getOutputStream());
                },
                t("operations.version.download"));
        link.setDownload(true);
        link.addClassName("button-link");
        return link;
    }

    private static Div licences(List<Part> parts) {
        Map<String, Long> counts = OperatorVersion.licences(parts);
        String words = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .map(each -> t(
                        "operations.version.licence",
                        each.getKey().isEmpty() ? t("operations.version.licence_untold") : each.getKey(),
                        each.getValue()))
                .collect(Collectors.joining(" · "));
        Div line = new Div(words);
        line.addClassName("operator-lead");
        return line;
    }

    /** Some hundred lines of the jar's own, no business's data. */
    private static Grid<Part> grid(List<Part> parts) {
        Grid<Part> grid = new FittedGrid<>();
        grid.addThemeVariants(GridVariant.NO_BORDER, GridVariant.WRAP_CELL_CONTENT);
        grid.addClassName("tall-grid"); // long names break within their cell on a phone
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addColumn(Part::name)
                .setHeader(t("operations.version.part"))
                .setFlexGrow(3)
                .setSortable(true)
                .setRowHeader(true);
        grid.addColumn(Part::version).setHeader(t("operations.version.version")).setFlexGrow(1);
        grid.addColumn(part -> part.licence().isEmpty() ? t("operations.version.licence_untold") : part.licence())
                .setHeader(t("operations.version.licence_column"))
                .setFlexGrow(2)
                .setSortable(true);
        grid.setItems(parts);
        return grid;
    }

    @Override
    public String getPageTitle() {
        return t("operations.version.title");
    }
}
