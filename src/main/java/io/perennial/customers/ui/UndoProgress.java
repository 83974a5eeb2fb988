package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.shared.Registration;
import io.perennial.customers.ImportUndo;
import io.perennial.customers.UndoJob;
import io.perennial.uikit.PageClock;
import org.jspecify.annotations.Nullable;

/** How far the undoing of an import is. */
class UndoProgress extends Div {

    private static final int LOOK_MILLIS = 1_000;

    private final transient ImportUndo undo;
    private final long id;
    private final Runnable over;
    private final ProgressBar bar;
    private @Nullable Registration looking;

    /** @param over told once it is over */
    UndoProgress(ImportUndo undo, UndoJob begun, Runnable over) {
        this.undo = undo;
        this.id = begun.importId();
        this.over = over;
        addClassName("import-undoing");
        bar = new ProgressBar(0, 1, begun.progress());
        bar.getElement().setAttribute("aria-label", t("customers.import.undoing"));
        add(new Paragraph(t("customers.import.undoing")), bar);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        looking = PageClock.every(event.getUI(), LOOK_MILLIS, this::look);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        quiet();
    }

    private void look() {
        UndoJob now = undo.find(id).orElse(null);
        if (now == null || now.state().isOver()) {
            quiet();
            over.run();
        } else {
            bar.setValue(now.progress());
        }
    }

    private void quiet() {
        if (looking != null) {
            looking.remove();
            looking = null;
        }
    }
}
