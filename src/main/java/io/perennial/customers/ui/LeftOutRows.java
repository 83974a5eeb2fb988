package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportRejects;
import io.perennial.customers.RejectCount;
import io.perennial.customers.RejectReason;
import io.perennial.customers.RejectedRow;
import io.perennial.uikit.Card;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.WindowWidth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows an import leaves out: how many for which reason, and each of them; while it runs, too. */
class LeftOutRows extends Card {

    private static final int NARROW = 900;
    private static final int LONGEST_CELL = 60;
    private static final long PAUSE_NANOS = 2_000_000_000;

    private final transient ImportRejects rejects;
    private final long id;
    private final H2 title = new H2();
    private final Paragraph hint = new Paragraph(t("customers.import.rejected_hint"));
    private final LeftOutReasons reasons = new LeftOutReasons(this::choose);
    private final Grid<RejectedRow> grid = new FittedGrid<>();
    private final Paragraph gone = new Paragraph();
    private final Div download = new Div();
    private @Nullable RejectReason why;
    private long shownAt;
    private boolean check;

    /** @param why shows the rows of this reason alone */
    LeftOutRows(ImportRejects rejects, long id, Optional<RejectReason> why) {
        this.rejects = rejects;
        this.id = id;
        this.why = why.orElse(null);
        addClassName("import-left-out");
        setVisible(false);
        grid.addClassNames("tall-grid", "import-rejected");
        grid.addThemeVariants(GridVariant.NO_BORDER, GridVariant.WRAP_CELL_CONTENT);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addColumn(row -> Formats.number(row.line()))
                .setHeader(t("customers.import.left_out_line"))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("5.5rem")
                .setFlexGrow(0);
        grid.addComponentColumn(LeftOutRows::what)
                .setHeader(t("customers.import.left_out_why"))
                .setFlexGrow(2);
        WindowWidth.columnsFrom(
                NARROW,
                grid,
                List.of(grid.addComponentColumn(LeftOutRows::cells)
                        .setHeader(t("customers.import.left_out_row"))
                        .setFlexGrow(3)));
        WindowWidth.follow(this, width -> setClassName("import-left-out-narrow", width < NARROW));
        grid.setItemsPageable(
                page -> rejects.rows(id, Optional.ofNullable(this.why), (int) page.getOffset(), page.getPageSize()));
        title.addClassName("section-title");
        add(title, hint, download, reasons, grid, gone);
    }

    /** Shows what was left out so far: at once where it is the first or all, else every few seconds. */
    void show(ImportJob job, boolean undone) {
        long left = job.counts().rejected();
        boolean ended = job.state().isOver();
        if (left == 0 || undone) {
            setVisible(false);
            return;
        }
        long now = System.nanoTime();
        if (isVisible() && !ended && now - shownAt < PAUSE_NANOS) {
            return;
        }
        shownAt = now;
        check = job.dryRun();
        setVisible(true);
        title.setText(t("customers.import.left_out", left));
        List<RejectCount> counts = rejects.reasons(id);
        reasons.show(counts, why);
        long kept = counts.stream().mapToLong(RejectCount::rows).sum();
        gone.setVisible(ended && !counts.isEmpty() && kept < left);
        gone.setText(t("customers.import.left_out_kept", kept, left));
        grid.getDataProvider().refreshAll();
        if (ended && download.getComponentCount() == 0) {
            download.add(download(job));
        }
    }

    private Anchor download(ImportJob job) {
        Anchor link = new Anchor(
                DownloadHandler.fromInputStream(e -> RejectedDownload.of(rejects, job)),
                t("customers.import.download_rejected", job.counts().rejected()));
        link.setDownload(true);
        link.addClassName("button-link");
        return link;
    }

    /** The address says what is shown, where the import has one. */
    private void choose(@Nullable RejectReason chosen) {
        why = chosen;
        grid.getDataProvider().refreshAll();
        grid.scrollToStart();
        if (!check) {
            UI.getCurrent()
                    .getPage()
                    .getHistory()
                    .replaceState(
                            null,
                            "customers/import?job=" + id + (chosen == null ? "" : "&left-out=" + chosen.written()));
        }
    }

    private static Div what(RejectedRow row) {
        Div what = new Div();
        if (!row.column().isEmpty()) {
            Span column = new Span(row.column());
            column.addClassName("import-rejected-column");
            what.add(column);
        }
        Div below = cells(row); // where there is no room beside it
        below.addClassName("import-rejected-below");
        what.add(new Span(row.reason()), below);
        what.addClassName("import-rejected-what");
        return what;
    }

    private static Div cells(RejectedRow row) {
        Div cells = new Div(row.cells().stream()
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .map(cell -> cell.length() > LONGEST_CELL ? cell.substring(0, LONGEST_CELL) + "…" : cell)
                .limit(12)
                .collect(Collectors.joining(" · ")));
        cells.addClassName("import-rejected-cells");
        return cells;
    }
}
