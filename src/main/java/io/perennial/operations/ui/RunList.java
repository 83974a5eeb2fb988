package io.perennial.operations.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.operations.OperatorJobs;
import io.perennial.operations.OperatorJobs.Query;
import io.perennial.operations.OperatorJobs.Run;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import io.perennial.uikit.WindowWidth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.data.domain.PageRequest;

/** The runs that are kept, found by job or by the id of an error. */
class RunList extends Div {

    private static final int NARROW = 600;

    private final transient OperatorJobs jobs;
    private final TextField search = new TextField();
    private final Checkbox failed = new Checkbox(t("operations.jobs.only_failed"));
    private final Grid<Run> grid = new FittedGrid<>();
    private final Paragraph none = new Paragraph(t("operations.jobs.no_runs"));

    RunList(OperatorJobs jobs) {
        this.jobs = jobs;
        search.setPlaceholder(t("operations.jobs.search"));
        search.setAriaLabel(t("operations.jobs.search"));
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(e -> filter(e.isFromClient()));
        failed.addValueChangeListener(e -> filter(e.isFromClient()));
        Div filters = new Div(search, failed);
        filters.addClassName("operator-filters");
        grid.addThemeVariants(GridVariant.NO_BORDER);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(RunList::what)
                .setHeader(t("operations.jobs.job"))
                .setFlexGrow(3);
        Grid.Column<Run> took = grid.addColumn(run -> JobWords.span(run.took()))
                .setHeader(t("operations.jobs.took"))
                .setTextAlign(ColumnTextAlign.END)
                .setAutoWidth(true)
                .setFlexGrow(0);
        Grid.Column<Run> node = grid.addColumn(Run::node)
                .setHeader(t("operations.jobs.node"))
                .setAutoWidth(true)
                .setFlexGrow(0);
        WindowWidth.columnsFrom(NARROW, grid, List.of(took, node));
        grid.addComponentColumn(run -> new StatusBadge(
                        t(run.failed() ? "operations.jobs.state_failed" : "operations.jobs.state_ok"),
                        run.failed() ? Tone.BAD : Tone.GOOD))
                .setHeader(t("operations.jobs.result"))
                .setAutoWidth(true)
                .setFlexGrow(0);
        grid.setItemsPageable(page -> jobs.runs(query(), page));
        add(filters, grid, none);
    }

    void show(Query query) {
        search.setValue(query.text());
        failed.setValue(query.onlyFailed());
        show();
    }

    private Query query() {
        return new Query(search.getValue(), failed.getValue());
    }

    private void filter(boolean byPerson) {
        if (!byPerson) {
            return;
        }
        Map<String, String> parameters = new TreeMap<>();
        if (!search.getValue().isBlank()) {
            parameters.put("q", search.getValue());
        }
        if (failed.getValue()) {
            parameters.put("failed", "");
        }
        String text = QueryParameters.simple(parameters).getQueryString();
        getUI().ifPresent(ui ->
                ui.getPage().getHistory().replaceState(null, "operator/jobs" + (text.isEmpty() ? "" : "?" + text)));
        show();
    }

    private void show() {
        boolean any = !jobs.runs(query(), PageRequest.ofSize(1)).isEmpty();
        grid.setVisible(any);
        none.setVisible(!any);
        if (any) {
            grid.getDataProvider().refreshAll();
        }
    }

    private static Div what(Run run) {
        Span name = new Span(JobWords.name(run.job()));
        name.addClassName("audit-who");
        Span when = new Span(Formats.relative(run.beganAt()) + " · " + JobWords.span(run.took()));
        when.setTitle(Formats.dateTime(run.beganAt(), ZoneOffset.UTC) + " UTC");
        when.addClassName("audit-change");
        Div cell = new Div(name, when);
        cell.addClassName("audit-cell");
        if (run.error() != null) {
            Span error = new Span(t("operations.jobs.error", String.valueOf(run.errorId()), run.error()));
            error.addClassName("audit-change");
            cell.add(error);
        }
        return cell;
    }
}
