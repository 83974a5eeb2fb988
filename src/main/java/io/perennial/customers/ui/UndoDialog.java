package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.shared.Registration;
import io.perennial.accounts.Backstage;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportRefused;
import io.perennial.customers.ImportUndo;
import io.perennial.customers.UndoCounts;
import io.perennial.uikit.Toasts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what undoing an import would do, which takes a while to find out of a large one, and does it. */
class UndoDialog extends Dialog {

    private final transient ImportUndo undo;
    private final transient Backstage backstage;
    private final transient ImportJob job;
    private final Div found = new Div();
    private final Button go;
    private @Nullable Registration finding;

    /** @param begun told when it was begun */
    UndoDialog(ImportUndo undo, Backstage backstage, ImportJob job, Runnable begun) {
        this.undo = undo;
        this.backstage = backstage;
        this.job = job;
        setMaxWidth("min(560px, 100%)");
        setHeaderTitle(t("customers.import.undo_title", job.source()));
        go = new Button(t("customers.import.undo_now"), e -> {
            try {
                undo.undo(job.id());
                close();
                begun.run();
            } catch (ImportRefused refused) {
                refuse(refused);
            }
        });
        go.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        go.setDisableOnClick(true);
        go.setEnabled(false); // until it says what it would do
        ProgressBar bar = new ProgressBar();
        bar.setIndeterminate(true);
        bar.getElement().setAttribute("aria-label", t("customers.import.undo_finding"));
        found.addClassName("import-undo-found");
        found.getElement().setAttribute("aria-live", "polite");
        found.add(new Paragraph(t("customers.import.undo_finding")), bar);
        add(found, new Paragraph(t("customers.import.undo_stays")));
        getFooter().add(new Button(t("customers.cancel"), e -> close()), go);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        if (!go.isEnabled()) {
            finding = backstage.read(event.getUI(), () -> undo.preview(job.id()), this::show, this::refuse);
        }
    }

    @Override
    protected void onDetach(DetachEvent event) {
        super.onDetach(event);
        if (finding != null) {
            finding.remove();
        }
    }

    private void show(UndoCounts counts) {
        found.removeAll();
        found.add(new Paragraph(t("customers.import.undo_lead")), list(counts));
        go.setEnabled(true);
    }

    private void refuse(RuntimeException why) {
        String words = why instanceof ImportRefused
                ? Objects.requireNonNullElse(why.getMessage(), "")
                : t("customers.import.undo_not_found");
        found.removeAll();
        found.add(new Paragraph(words));
        Toasts.error(words);
    }

    /** What of it is not nothing. */
    static UnorderedList list(UndoCounts counts) {
        UnorderedList list = new UnorderedList();
        line(list, "customers_removed", counts.customersRemoved());
        line(list, "customers_restored", counts.customersRestored());
        line(list, "orders_removed", counts.ordersRemoved());
        line(list, "orders_restored", counts.ordersRestored());
        line(list, "consents", counts.consentsRemoved());
        line(list, "tags", counts.tagsRemoved());
        line(list, "kept", counts.kept());
        return list;
    }

    private static void line(UnorderedList list, String key, long count) {
        if (count > 0) {
            list.add(new ListItem(t("customers.import.undo." + key, count)));
        }
    }
}
