package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.shared.Registration;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportState;
import io.perennial.customers.RejectedRow;
import io.perennial.uikit.Card;
import io.perennial.uikit.Formats;
import io.perennial.uikit.StatusBadge;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How an import goes, told by server push while this node runs it and by asking now and then where another does. */
class ImportJobCard extends Card {

    private static final int REJECTED_SHOWN = 5;

    private final ImportJobs jobs;
    private final ImportActions actions;
    private final long id;
    private final Consumer<ImportJob> over;
    private boolean toldOver;
    private long firstLook;
    private long firstRows;
    private double firstProgress;
    private @Nullable Runnable stopWatching;
    private @Nullable Registration polling;

    /**
     * @param actions what can be done with it
     * @param over told once when the job is over, on the page's own thread
     */
    ImportJobCard(ImportJobs jobs, ImportActions actions, long id, Consumer<ImportJob> over) {
        this.jobs = jobs;
        this.actions = actions;
        this.id = id;
        this.over = over;
        addClassName("import-job");
        getElement().setAttribute("aria-live", "polite");
    }

    @Override
    protected void onAttach(AttachEvent event) {
        UI ui = event.getUI();
        stopWatching = jobs.watch(id, job -> {
            List<RejectedRow> rejected = rejected(job); // asked for here, where the job's person and business are known
            var _ = ui.access(() -> show(job, rejected));
        });
        if (!jobs.isHere(id)) {
            ui.setPollInterval(2_000);
            polling = ui.addPollListener(e -> refresh());
        }
        refresh(); // it may have ended before we began to watch
    }

    @Override
    protected void onDetach(DetachEvent event) {
        if (stopWatching != null) {
            stopWatching.run();
        }
        stopPolling(event.getUI());
    }

    private void stopPolling(UI ui) {
        if (polling != null) {
            polling.remove();
            polling = null;
            ui.setPollInterval(-1);
        }
    }

    private void refresh() {
        jobs.find(id).ifPresent(job -> show(job, rejected(job)));
    }

    private List<RejectedRow> rejected(ImportJob job) {
        return job.state().isOver() && job.counts().rejected() > 0 ? jobs.firstRejected(id, REJECTED_SHOWN) : List.of();
    }

    private void show(ImportJob job, List<RejectedRow> rejected) {
        if (toldOver) {
            return; // pushes may come late
        }
        removeAll();
        Span title =
                new Span(t(job.dryRun() ? "customers.import.checking" : "customers.import.importing", job.source()));
        title.addClassName("section-title");
        boolean undone = actions.isUndone(job);
        StatusBadge state = ImportTexts.badge(job, undone);
        Div head = new Div(title, state);
        head.addClassName("import-job-head");
        add(head);
        if (!job.state().isOver()) {
            ProgressBar bar = new ProgressBar(0, 1, job.progress());
            bar.setIndeterminate(job.state() == ImportState.QUEUED);
            bar.getElement().setAttribute("aria-label", t("customers.import.progress"));
            add(bar, new Paragraph(soFar(job)), actions.of(job));
            return;
        }
        stopPolling(getUI().orElseThrow());
        if (job.message() != null) {
            add(new Paragraph(job.message()));
        }
        if (job.state() == ImportState.DONE || job.counts().rows() > 0) {
            add(new Paragraph(ImportTexts.counts(job)));
        }
        if (job.counts().rejected() > 0 && !undone) {
            Anchor download = new Anchor(
                    DownloadHandler.fromInputStream(e -> RejectedDownload.of(jobs, job)),
                    t("customers.import.download_rejected", job.counts().rejected()));
            download.setDownload(true);
            download.addClassName("button-link");
            add(
                    new Paragraph(t("customers.import.rejected_hint")),
                    list(rejected, job.counts().rejected()),
                    download);
        }
        add(actions.of(job));
        toldOver = true;
        over.accept(job);
    }

    /** How far it is; how fast and how long once that can be said: two looks at it, a second apart at least. */
    private String soFar(ImportJob job) {
        String text = t("customers.import.so_far", job.counts().rows(), Formats.percent(job.progress(), 0));
        if (job.state() == ImportState.QUEUED) {
            return text;
        }
        long now = System.nanoTime();
        if (firstLook == 0) {
            firstLook = now;
            firstRows = job.counts().rows();
            firstProgress = job.progress();
            return text;
        }
        double seconds = (now - firstLook) / 1e9;
        double more = job.progress() - firstProgress;
        long rows = job.counts().rows() - firstRows;
        return seconds < 1 || more <= 0 || rows <= 0
                ? text
                : text + " · " + ImportTexts.pace(rows / seconds, seconds * (1 - job.progress()) / more);
    }

    /** The first of the rows left out and why; mostly they all have the same fault. */
    private static UnorderedList list(List<RejectedRow> rejected, long all) {
        UnorderedList list = new UnorderedList();
        list.addClassName("import-rejected");
        rejected.forEach(row -> list.add(new ListItem(
                row.column().isEmpty()
                        ? t("customers.import.rejected_row", row.line(), row.reason())
                        : t("customers.import.rejected_cell", row.line(), row.column(), row.reason()))));
        if (all > rejected.size()) {
            list.add(new ListItem(t("customers.import.rejected_more", all - rejected.size())));
        }
        return list;
    }
}
