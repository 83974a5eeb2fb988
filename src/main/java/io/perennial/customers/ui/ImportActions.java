package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.shared.Registration;
import io.perennial.customers.ImportFiles;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportRefused;
import io.perennial.customers.ImportState;
import io.perennial.customers.ImportUndo;
import io.perennial.customers.UndoJob;
import io.perennial.uikit.Toasts;
import java.nio.file.Path;
import java.util.Objects;

/** What can be done with an import: pause, cancel, go on, undo. */
class ImportActions extends Div {

    private final transient ImportJobs jobs;
    private final transient ImportUndo undo;
    private final transient ImportFiles files;
    private final Runnable again;

    /** @param again shows the job anew, because somebody works on it again */
    ImportActions(ImportJobs jobs, ImportUndo undo, ImportFiles files, Runnable again) {
        this.jobs = jobs;
        this.undo = undo;
        this.files = files;
        this.again = again;
        addClassName("import-actions");
    }

    ImportActions of(ImportJob job) {
        removeAll();
        if (!job.state().isOver()) {
            if (!job.dryRun()) {
                add(new Button(t("customers.import.pause"), e -> jobs.pause(job.id())));
            }
            add(cancel(job));
        } else if (job.state().canGoOn() && !job.dryRun()) {
            goOn(job);
        }
        if (job.state().isOver() && !job.dryRun()) {
            undo.find(job.id()).ifPresentOrElse(it -> undone(job, it), () -> mayUndo(job));
        }
        return this;
    }

    /** Whether nothing is left of it. */
    boolean isUndone(ImportJob job) {
        return job.state().isOver()
                && !job.dryRun()
                && undo.find(job.id())
                        .filter(it -> it.state() == ImportState.DONE)
                        .isPresent();
    }

    private Button cancel(ImportJob job) {
        Button cancel = new Button(t("customers.import.cancel"), e -> {
            jobs.cancel(job.id());
            again.run();
        });
        cancel.addThemeVariants(ButtonVariant.TERTIARY);
        return cancel;
    }

    private void goOn(ImportJob job) {
        if (jobs.hasFile(job.id())) {
            Button resume = new Button(t("customers.import.resume"), e -> {
                jobs.resume(job.id());
                again.run();
            });
            resume.addThemeVariants(ButtonVariant.PRIMARY);
            resume.setDisableOnClick(true);
            add(resume);
        } else {
            add(
                    new Paragraph(t("customers.import.resume_with", job.source())),
                    new FileUpload(files, (file, name) -> arrived(job, file)));
        }
        add(cancel(job));
    }

    private void mayUndo(ImportJob job) {
        undo.possibleUntil(job.id()).ifPresent(until -> {
            Button open = new Button(t("customers.import.undo"), e -> new UndoDialog(undo, job, again).open());
            open.addThemeVariants(ButtonVariant.TERTIARY);
            add(open);
        });
    }

    private void arrived(ImportJob job, Path file) {
        try {
            jobs.resumeWith(job.id(), file);
            again.run();
        } catch (ImportRefused e) {
            ImportFiles.discard(file);
            Toasts.error(Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    /** How undoing goes, or went. */
    private void undone(ImportJob job, UndoJob it) {
        if (!it.state().isOver()) {
            ProgressBar bar = new ProgressBar(0, 1, it.progress());
            bar.getElement().setAttribute("aria-label", t("customers.import.undoing"));
            add(new Paragraph(t("customers.import.undoing")), bar, follow());
            return;
        }
        add(
                new Paragraph(
                        it.state() == ImportState.DONE
                                ? t("customers.import.undone", it.startedBy())
                                : Objects.requireNonNullElse(it.message(), t("customers.import.undo_stopped"))),
                UndoDialog.list(it.counts()));
        if (it.state() != ImportState.DONE) {
            mayUndo(job);
        }
    }

    /** Looks again after a while, by the page's own clock. */
    private Div follow() {
        Div clock = new Div();
        clock.addAttachListener(attached -> {
            UI ui = attached.getUI();
            ui.setPollInterval(1_000);
            Registration polling = ui.addPollListener(e -> again.run());
            clock.addDetachListener(e -> {
                polling.remove();
                ui.setPollInterval(-1);
            });
        });
        return clock;
    }
}
