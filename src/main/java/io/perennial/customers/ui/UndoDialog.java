package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportRefused;
import io.perennial.customers.ImportUndo;
import io.perennial.customers.UndoCounts;
import io.perennial.uikit.Toasts;
import java.util.Objects;

/** Says what undoing an import would do, and does it. */
class UndoDialog extends Dialog {

    /** @param begun told when it was begun */
    UndoDialog(ImportUndo undo, ImportJob job, Runnable begun) {
        setMaxWidth("min(560px, 100%)");
        setHeaderTitle(t("customers.import.undo_title", job.source()));
        Button go = new Button(t("customers.import.undo_now"), e -> {
            try {
                undo.undo(job.id());
                close();
                begun.run();
            } catch (ImportRefused refused) {
                Toasts.error(Objects.requireNonNullElse(refused.getMessage(), ""));
            }
        });
        go.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        go.setDisableOnClick(true);
        UndoCounts counts = undo.preview(job.id());
        add(
                new Paragraph(t("customers.import.undo_lead")),
                list(counts),
                new Paragraph(t("customers.import.undo_stays")));
        getFooter().add(new Button(t("customers.cancel"), e -> close()), go);
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
