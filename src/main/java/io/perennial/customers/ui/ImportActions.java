package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.customers.ImportFiles;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportRefused;
import io.perennial.customers.ImportState;
import io.perennial.customers.ImportUndo;
import io.perennial.customers.UndoJob;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be done with an import: pause, cancel, go on, undo. */
class ImportActions extends Div {

    private final transient ImportServices services;
    private final transient ImportJobs jobs;
    private final transient ImportUndo undo;
    private final Runnable again;
    private @Nullable Boolean shownOver;

    /** @param again shows the job anew, because it is another's turn to work on it */
    ImportActions(ImportServices services, Runnable again) {
        this.services = services;
        this.jobs = services.jobs();
        this.undo = services.undo();
        this.again = again;
        addClassName("import-actions");
    }

    /** The buttons stay the same ones as long as they say the same: somebody may have the finger on one. */
    void show(ImportJob job) {
        boolean ended = job.state().isOver();
        if (Boolean.valueOf(ended).equals(shownOver)) {
            return;
        }
        shownOver = ended;
        removeAll();
        if (!ended) {
            if (!job.dryRun()) {
                add(new Button(t("customers.import.pause"), e -> {
                    jobs.pause(job.id());
                    again.run();
                }));
            }
            add(cancel(job));
        } else if (job.state().canGoOn() && !job.dryRun()) {
            goOn(job);
        }
        if (ended && !job.dryRun()) {
            undo.find(job.id())
                    .ifPresentOrElse(
                            it -> {
                                add(it.state().isOver() ? outcome(it) : new UndoProgress(undo, it, again));
                                if (it.state().isOver() && it.state() != ImportState.DONE) {
                                    mayUndo(job, "customers.import.undo_rest");
                                }
                            },
                            () -> mayUndo(job, "customers.import.undo"));
        }
    }

    /** Whether nothing is left of it. */
    boolean isUndone(ImportJob job) {
        return job.state().isOver()
                && !job.dryRun()
                && undo.find(job.id())
                        .filter(it -> it.state() == ImportState.DONE)
                        .isPresent();
    }

    private UndoOutcome outcome(UndoJob it) {
        return new UndoOutcome(undo, it, services::nameOf);
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
                resume(job);
                again.run();
            });
            resume.addThemeVariants(ButtonVariant.PRIMARY);
            resume.setDisableOnClick(true);
            add(resume);
        } else {
            add(
                    new Paragraph(t("customers.import.resume_with", job.source())),
                    new FileUpload(services.files(), (file, name) -> arrived(job, file)));
        }
        add(cancel(job));
    }

    private void resume(ImportJob job) {
        try {
            jobs.resume(job.id());
        } catch (ImportRefused e) {
            Toasts.error(Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    /** By when, or why not any more: a button that is not there any more needs a word. */
    private void mayUndo(ImportJob job, String words) {
        undo.possibleUntil(job.id())
                .ifPresentOrElse(
                        until -> {
                            Button open = new Button(
                                    t(words), e -> new UndoDialog(undo, services.backstage(), job, again).open());
                            open.addThemeVariants(ButtonVariant.TERTIARY);
                            add(open, hint(t("customers.import.undo_until", Formats.dateTime(until, services.zone()))));
                        },
                        () -> undo.whyNot(job.id()).ifPresent(why -> add(hint(why))));
    }

    private static Paragraph hint(String words) {
        Paragraph hint = new Paragraph(words);
        hint.addClassName("import-undo-hint");
        return hint;
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
}
