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
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.shared.Registration;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.bulk.BulkJob;
import io.perennial.customers.bulk.BulkJobs;
import io.perennial.customers.bulk.BulkState;
import io.perennial.customers.bulk.BulkUndo;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.uikit.PageClock;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far the latest deed on many is; asked for every second while it runs, whichever node runs it. */
class BulkProgress extends Div {

    private static final int EVERY_MILLIS = 1_000;
    private static final int LOOKS_AFTER_STOP = 5;
    private static final Duration TOLD = Duration.ofDays(1);
    private static final String HIDDEN = BulkProgress.class.getName() + ".hidden";

    private final transient BulkJobs jobs;
    private final transient BulkUndo undo;
    private final Runnable over;
    private final StatusBadge words = new StatusBadge("", Tone.INFO);
    private final ProgressBar bar = new ProgressBar();
    private final Button stop = new Button(t("bulk.stop"));
    private final Button takeBack = new Button(t("bulk.undo"));
    private final Button hide = new Button(VaadinIcon.CLOSE_SMALL.create());
    private @Nullable Registration looking;
    private long job;
    private int looksAfterStop;

    /** @param over told when the one that is followed is over */
    BulkProgress(BulkJobs jobs, BulkUndo undo, Runnable over) {
        this.jobs = jobs;
        this.undo = undo;
        this.over = over;
        addClassName("bulk-progress");
        words.getElement().setAttribute("aria-live", "polite");
        hide.addThemeVariants(ButtonVariant.TERTIARY);
        hide.setAriaLabel(t("bulk.hide"));
        hide.addClickListener(e -> {
            setVisible(false);
            VaadinSession.getCurrent().setAttribute(HIDDEN, job);
        });
        bar.getElement().setAttribute("aria-label", t("bulk.progress"));
        stop.addThemeVariants(ButtonVariant.TERTIARY);
        stop.setVisible(mayStop());
        stop.addClickListener(e -> {
            jobs.stop(job);
            look();
        });
        takeBack.addThemeVariants(ButtonVariant.TERTIARY);
        takeBack.addClickListener(e ->
                jobs.find(job).ifPresent(now -> new BulkUndoDialog(undo, now, this::follow).open()));
        add(words, bar, stop, takeBack, hide);
        setVisible(false);
    }

    void follow(long id) {
        job = id;
        looksAfterStop = 0;
        setVisible(true);
        getUI().ifPresent(this::watch);
        jobs.find(job).ifPresent(this::show);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        jobs.latest(1).stream().filter(BulkProgress::isWorthKnowing).findFirst().ifPresent(latest -> {
            if (latest.state().isOver()) {
                job = latest.id();
                setVisible(true);
                show(latest);
            } else {
                follow(latest.id());
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent event) {
        quiet();
    }

    /** What runs; and what ended halfway today, as nobody may have looked when it did. */
    private static boolean isWorthKnowing(BulkJob latest) {
        if (!latest.state().isOver()) {
            return true;
        }
        boolean halfway = latest.state().isTrouble() || latest.state() == BulkState.STOPPED;
        return halfway
                && latest.id() >= TimeOrderedIds.firstAt(Instant.now().minus(TOLD))
                && !Objects.equals(VaadinSession.getCurrent().getAttribute(HIDDEN), latest.id());
    }

    private void watch(UI ui) {
        quiet();
        looking = PageClock.every(ui, EVERY_MILLIS, this::look);
    }

    private void look() {
        BulkJob now = jobs.find(job).orElse(null);
        if (now != null && now.state() == BulkState.STOPPED && looksAfterStop++ < LOOKS_AFTER_STOP) {
            show(now); // the piece in hand is still being done
            return;
        }
        if (now == null || now.state().isOver()) {
            quiet();
            over.run();
        }
        if (now != null) {
            show(now);
        }
    }

    private void quiet() {
        if (looking != null) {
            looking.remove();
            looking = null;
        }
    }

    private void show(BulkJob now) {
        boolean running = !now.state().isOver();
        words.show(BulkWords.state(now), BulkWords.tone(now));
        hide.setVisible(!running);
        bar.setVisible(running);
        bar.setValue(now.total() == 0 ? 0 : Math.min(1.0, (double) now.done() / now.total()));
        stop.setVisible(running && mayStop());
        takeBack.setVisible(!undo.possibleUntil(List.of(now)).isEmpty());
    }

    private static boolean mayStop() {
        return CurrentStaff.may(Permission.CUSTOMER_WRITE) || CurrentStaff.may(Permission.SEGMENT_WRITE);
    }
}
