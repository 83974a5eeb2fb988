package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.shared.Registration;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportState;
import io.perennial.uikit.Card;
import io.perennial.uikit.PageClock;
import io.perennial.uikit.Reader;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How an import goes: told by server push while this node runs it, and by the browser's asking, which alone finds out that
 * the server stopped. What is shown is changed where it stands, so that nobody loses the button they are about to press.
 */
class ImportJobCard extends Card {

    private static final int ASK_MILLIS = 5_000;
    private static final int ASK_ANOTHER_NODE_MILLIS = 2_000;

    private final transient ImportJobs jobs;
    private final ImportActions actions;
    private final long id;
    private final Consumer<ImportJob> over;
    private final H2 title = new H2();
    private final StatusBadge state = new StatusBadge("", Tone.INFO);
    private final Paragraph what = new Paragraph();
    private final ProgressBar bar = new ProgressBar();
    private final Paragraph soFar = new Paragraph();
    private final Div outcome = new Div();
    private final LeftOutRows leftOut;
    private final ZoneId zone;
    private final ImportPace pace = new ImportPace();
    private boolean toldOver;
    private @Nullable Runnable stopWatching;
    private @Nullable Registration asking;

    /**
     * @param actions what can be done with it
     * @param leftOut told how many rows were left out
     * @param over told once when the job is over, on the page's own thread
     */
    ImportJobCard(
            ImportServices services, ImportActions actions, LeftOutRows leftOut, long id, Consumer<ImportJob> over) {
        this.jobs = services.jobs();
        this.zone = Reader.zone(services.zone());
        this.leftOut = leftOut;
        this.actions = actions;
        this.id = id;
        this.over = over;
        addClassName("import-job");
        title.addClassName("section-title");
        title.getElement().setAttribute("tabindex", "-1"); // the focus comes here from a button that is gone
        state.getElement().setAttribute("aria-live", "polite");
        outcome.addClassName("import-outcome");
        outcome.getElement().setAttribute("aria-live", "polite");
        bar.getElement().setAttribute("aria-label", t("customers.import.progress"));
        Div head = new Div(title, state);
        head.addClassName("import-job-head");
        what.addClassName("import-history-what");
        add(head, what, bar, soFar, outcome, actions);
    }

    /** For who pressed a button that is gone now: the keyboard goes on from here. */
    void takeFocus() {
        title.getElement()
                .executeJs("requestAnimationFrame(() => { const at = document.activeElement;"
                        + " if (!at || at === document.body) { this.focus({preventScroll: true}); } })");
    }

    @Override
    protected void onAttach(AttachEvent event) {
        UI ui = event.getUI();
        stopWatching = jobs.watch(id, job -> {
            var _ = ui.access(() -> show(job));
        });
        asking = PageClock.every(ui, jobs.isHere(id) ? ASK_MILLIS : ASK_ANOTHER_NODE_MILLIS, this::refresh);
        refresh(); // it may have ended before we began to watch
    }

    @Override
    protected void onDetach(DetachEvent event) {
        if (stopWatching != null) {
            stopWatching.run();
        }
        stopAsking();
    }

    private void stopAsking() {
        if (asking != null) {
            asking.remove();
            asking = null;
        }
    }

    private void refresh() {
        jobs.find(id).ifPresent(this::show);
    }

    private void show(ImportJob job) {
        if (toldOver) {
            return; // pushes may come late
        }
        boolean ended = job.state().isOver();
        boolean undone = actions.isUndone(job);
        title.setText(t(job.dryRun() ? "customers.import.checking" : "customers.import.importing", job.source()));
        what.setText(ImportTexts.what(job, zone));
        state.show(ImportTexts.state(job, undone), ImportTexts.tone(job, undone));
        bar.setVisible(!ended || job.state().canGoOn());
        bar.setIndeterminate(job.state() == ImportState.QUEUED);
        bar.setValue(job.progress());
        soFar.setVisible(!ended);
        soFar.setText(ended ? "" : pace.of(job));
        actions.show(job);
        leftOut.show(job, undone);
        if (ended) {
            stopAsking();
            toldOver = true;
            showOutcome(job);
            over.accept(job);
        }
    }

    private void showOutcome(ImportJob job) {
        if (job.message() != null) {
            outcome.add(new Paragraph(job.message()));
        }
        if (job.state() == ImportState.DONE || job.counts().rows() > 0) {
            outcome.add(new Paragraph(ImportTexts.counts(job)));
        }
    }
}
