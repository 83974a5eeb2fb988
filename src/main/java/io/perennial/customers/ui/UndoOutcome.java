package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.RouterLink;
import io.perennial.customers.ImportState;
import io.perennial.customers.ImportUndo;
import io.perennial.customers.UndoJob;
import io.perennial.customers.imports.UndoPlan;
import io.perennial.kernel.CustomerId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What undoing an import came to; of what stayed, why, and the first of those customers. */
class UndoOutcome extends Div {

    private static final int SHOWN = 10;

    /** What a customer is called, if there still is one. */
    interface Names {
        Optional<String> of(CustomerId id);
    }

    UndoOutcome(ImportUndo undo, UndoJob it, Names names) {
        addClassName("import-undone");
        UnorderedList list = UndoDialog.list(it.counts());
        add(
                new Paragraph(
                        it.state() == ImportState.DONE
                                ? t("customers.import.undone", it.startedBy())
                                : Objects.requireNonNullElse(it.message(), t("customers.import.undo_stopped"))),
                list);
        if (it.counts().kept() > 0) {
            list.getChildren()
                    .reduce((before, last) -> last) // which is the one about what stayed
                    .ifPresent(last -> ((ListItem) last).add(kept(undo, it.importId())));
            customers(undo, it.importId(), names);
        }
    }

    private static UnorderedList kept(ImportUndo undo, long id) {
        UnorderedList reasons = new UnorderedList();
        undo.keptBecause(id)
                .forEach((reason, count) -> reasons.add(
                        new ListItem(t("customers.import.kept." + reason.name().toLowerCase(Locale.ROOT), count))));
        return reasons;
    }

    private void customers(ImportUndo undo, long id, Names names) {
        Div links = new Div();
        links.addClassName("import-kept");
        undo.kept(id, 0, SHOWN).stream()
                .filter(one -> one.kind() == UndoPlan.Kind.CUSTOMER)
                .map(one -> new CustomerId(one.id()))
                .forEach(customer -> names.of(customer)
                        .ifPresent(name -> links.add(
                                new RouterLink(name, CustomerView.class, CustomerView.parameters(customer)))));
        if (links.getComponentCount() > 0) {
            add(new Paragraph(t("customers.import.kept_first")), links);
        }
    }
}
