package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.shared.Registration;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.bulk.BulkJob;
import io.perennial.customers.bulk.BulkJobs;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far the latest deed on many is; asked for every second while it runs, whichever node runs it. */
class BulkProgress extends Div {

    private static final int EVERY_MILLIS = 1_000;

    private final transient BulkJobs jobs;
    private final Runnable over;
    private final StatusBadge words = new StatusBadge("", Tone.INFO);
    private final ProgressBar bar = new ProgressBar();
    private final Button stop = new Button(t("bulk.stop"));
    private final Button hide = new Button(VaadinIcon.CLOSE_SMALL.create());
    private @Nullable Registration polling;
    private long job;

    BulkProgress(BulkJobs jobs, Runnable over) {
        this.jobs = jobs;
        this.over = over;
        addClassName("bulk-progress");
        words.getElement().setAttribute("aria-live", "polite");
        hide.addThemeVariants(ButtonVariant.TERTIARY);
        hide.setAriaLabel(t("bulk.hide"));
        hide.addClickListener(e -> setVisible(false));
        bar.getElement().setAttribute("aria-label", t("bulk.progress"));
        stop.addThemeVariants(ButtonVariant.TERTIARY);
        stop.setVisible(mayStop());
        stop.addClickListener(e -> jobs.stop(job));
        add(words, bar, stop, hide);
        setVisible(false);
    }

    void follow(long id) {
        job = id;
        setVisible(true);
        getUI().ifPresent(this::poll);
        jobs.find(job).ifPresent(this::show);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        jobs.latest(1).stream()
                .filter(latest -> !latest.state().isOver())
                .findFirst()
                .ifPresent(running -> follow(running.id()));
    }

    @Override
    protected void onDetach(DetachEvent event) {
        quiet(event.getUI());
    }

    private void poll(UI ui) {
        quiet(ui);
        ui.setPollInterval(EVERY_MILLIS);
        polling = ui.addPollListener(e -> look(ui));
    }

    private void look(UI ui) {
        BulkJob now = jobs.find(job).orElse(null);
        if (now == null || now.state().isOver()) {
            quiet(ui);
            over.run();
        }
        if (now != null) {
            show(now);
        }
    }

    private void quiet(UI ui) {
        if (polling != null) {
            polling.remove();
            polling = null;
            ui.setPollInterval(-1);
        }
    }

    private void show(BulkJob now) {
        boolean running = !now.state().isOver();
        String deed = t("bulk.name." + now.action().toLowerCase(Locale.ROOT), now.detail());
        words.show(
                running
                        ? t("bulk.running", deed, now.done(), now.total())
                        : t(
                                "bulk.state." + BulkBar.word(now.state()),
                                deed,
                                now.changed(),
                                now.done(),
                                Objects.requireNonNullElse(now.problem(), "")),
                tone(now));
        hide.setVisible(!running);
        bar.setVisible(running);
        bar.setValue(now.total() == 0 ? 0 : Math.min(1.0, (double) now.done() / now.total()));
        stop.setVisible(running && mayStop());
    }

    private static Tone tone(BulkJob job) {
        return !job.state().isOver() ? Tone.INFO : job.state().isTrouble() ? Tone.BAD : Tone.GOOD;
    }

    private static boolean mayStop() {
        return CurrentStaff.may(Permission.CUSTOMER_WRITE) || CurrentStaff.may(Permission.SEGMENT_WRITE);
    }
}
