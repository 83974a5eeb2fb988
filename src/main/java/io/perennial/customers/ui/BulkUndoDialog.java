package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.customers.bulk.BulkJob;
import io.perennial.customers.bulk.BulkUndo;
import io.perennial.customers.bulk.BulkUndoRefused;
import io.perennial.uikit.Toasts;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Says for how many a deed is taken back and what that means, and begins it. */
class BulkUndoDialog extends Dialog {

    /** @param begun told the number of the job that takes it back */
    BulkUndoDialog(BulkUndo undo, BulkJob job, LongConsumer begun) {
        long amount = undo.amount(job.id());
        addClassName("bulk-dialog");
        setHeaderTitle(t("bulk.undo.name", BulkWords.deed(job)));
        Div words = new Div(
                new Paragraph(t("bulk.undo.about." + job.action().toLowerCase(Locale.ROOT), amount)),
                new Paragraph(t("bulk.undo.others")));
        words.addClassName("attribute-form");
        add(words);
        Button go = new Button(t("bulk.undo.button", amount), e -> {
            close();
            try {
                begun.accept(undo.undo(job.id()));
            } catch (BulkUndoRefused refused) { // somebody else was quicker, or it just became too late
                Toasts.error(refused.words());
            }
        });
        go.addThemeVariants(ButtonVariant.PRIMARY);
        go.setDisableOnClick(true);
        getFooter().add(new Button(t("customers.cancel"), e -> close()), go);
        addOpenedChangeListener(e -> {
            if (e.isOpened()) {
                go.focus();
            }
        });
    }
}
