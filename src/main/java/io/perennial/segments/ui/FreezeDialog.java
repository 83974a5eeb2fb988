package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.progressbar.ProgressBar;
import io.perennial.segments.ListRefused;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentRef;
import io.perennial.uikit.Formats;
import java.time.LocalDate;

/** Makes a list of everybody who is in a segment now; beside the page, since a million take a while. */
class FreezeDialog extends Dialog {

    private final transient SegmentServices services;
    private final transient SegmentDetails segment;
    private final NameField name;
    private final ProgressBar working = new ProgressBar();
    private final Button go = new Button(t("segments.list.make"));

    FreezeDialog(SegmentServices services, SegmentDetails segment) {
        this.services = services;
        this.segment = segment;
        setMaxWidth("min(480px, 100%)");
        setHeaderTitle(t(segment.list() ? "segments.list.copy_title" : "segments.list.freeze_title", segment.name()));
        LocalDate today = LocalDate.now(services.businesses().current().zone());
        name = new NameField(t("segments.list.frozen_name", segment.name(), Formats.date(today)));
        working.setIndeterminate(true);
        working.setVisible(false);
        working.getElement().setAttribute("aria-label", t("segments.list.working"));
        go.addThemeVariants(ButtonVariant.PRIMARY);
        go.addClickListener(e -> freeze(UI.getCurrent()));
        go.addClickShortcut(Key.ENTER).listenOn(this);
        add(new Paragraph(t(segment.list() ? "segments.list.copy_text" : "segments.list.freeze_text")), name, working);
        getFooter().add(new Button(t("segments.cancel_plain"), e -> close()), go);
    }

    private void freeze(UI ui) {
        if (name.getValue().isBlank()) {
            name.refuse(t("segments.problem.name", 120));
            return;
        }
        busy(true);
        String wanted = name.getValue();
        var _ = services.counting()
                .begin(ui, () -> services.lists().freeze(segment.id(), wanted), this::done, this::failed);
    }

    /** Only draws, so that going there is a click of the person's. */
    private void done(SegmentRef made) {
        setHeaderTitle(t("segments.list.made", made.name()));
        removeAll();
        add(new Paragraph(t("segments.list.made_text")));
        Button open = new Button(t("segments.list.open"), e -> {
            close();
            UI.getCurrent().navigate(SegmentPages.people(made.id()));
        });
        open.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().removeAll();
        getFooter().add(new Button(t("segments.close"), e -> close()), open);
        open.focus();
    }

    private void failed(RuntimeException failure) {
        busy(false);
        if (failure instanceof ListRefused refused) {
            name.refuse(refused.words());
        } else {
            name.refuse(t("segments.list.freeze_failed"));
        }
    }

    private void busy(boolean busy) {
        working.setVisible(busy);
        go.setEnabled(!busy);
        name.setReadOnly(busy);
    }
}
