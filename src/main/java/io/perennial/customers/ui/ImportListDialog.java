package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.perennial.customers.CustomerLists;
import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportSelection;
import io.perennial.customers.ImportSelection.Which;
import io.perennial.customers.bulk.BulkAction;
import io.perennial.customers.bulk.BulkJobs;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Asks which customers of an import go on which list, and begins to put them there. */
class ImportListDialog extends Dialog {

    private final transient BulkJobs jobs;
    private final transient ImportJob job;
    private final transient Begun begun;
    private final RadioButtonGroup<Which> which = new RadioButtonGroup<>(t("customers.import.list_which"));
    private final ListChoice list;
    private final Paragraph problem = new Paragraph();

    /** Told when it was begun. */
    interface Begun {
        void begun(long bulkJob, long list);
    }

    ImportListDialog(BulkJobs jobs, CustomerLists lists, ImportJob job, Begun begun) {
        this.jobs = jobs;
        this.job = job;
        this.begun = begun;
        this.list = new ListChoice(lists, true);
        addClassName("bulk-dialog");
        setHeaderTitle(t("customers.import.list_title"));
        List<Which> some = Arrays.stream(Which.values())
                .filter(one -> !Long.valueOf(0).equals(count(one)))
                .toList();
        which.setItems(some);
        which.setItemLabelGenerator(this::words);
        which.setValue(some.isEmpty() ? null : some.getFirst());
        which.addClassName("import-list-which");
        list.suggest(t("customers.import.list_name", job.source()));
        problem.addClassName("attribute-problem");
        problem.getElement().setAttribute("role", "alert");
        Div form = new Div(new Paragraph(t("customers.import.list_about")), which, list, problem);
        form.addClassName("attribute-form");
        add(form);
        Button go = new Button(t("customers.import.list_go"), e -> begin());
        go.addThemeVariants(ButtonVariant.PRIMARY);
        which.addValueChangeListener(e -> go.setText(button(e.getValue())));
        go.setText(button(which.getValue()));
        getFooter().add(new Button(t("customers.cancel"), e -> close()), go);
    }

    private void begin() {
        Which wanted = which.getValue();
        if (wanted == null) {
            problem.setText(t("customers.import.list_nobody"));
            return;
        }
        Long count = count(wanted);
        if (count != null && count > CustomerLists.MOST) {
            problem.setText(t("bulk.long_list", CustomerLists.MOST));
            return;
        }
        try {
            list.chosen().ifPresent(named -> {
                long begunJob = jobs.startOnList(
                        new BulkAction.AddToList(named.id(), named.name()), new ImportSelection(job.id(), wanted));
                close();
                begun.begun(begunJob, named.id());
            });
        } catch (NoSuchElementException undone) {
            problem.setText(t("customers.import.list_gone"));
        }
    }

    private String button(@Nullable Which wanted) {
        Long count = wanted == null ? null : count(wanted);
        return count == null ? t("customers.import.list_go") : t("bulk.button.add_to_list", count);
    }

    private String words(Which one) {
        String key = "customers.import.list." + one.name().toLowerCase(Locale.ROOT);
        String words = t(key + "." + job.kind().name().toLowerCase(Locale.ROOT));
        Long count = count(one);
        return count == null ? words : t("customers.import.list_count", words, count);
    }

    /** How many they were as the import ended; nothing where the import counted orders, not people. */
    private @Nullable Long count(Which one) {
        ImportCounts counts = job.counts();
        if (job.kind() == ImportKind.ORDERS) {
            return one == Which.NEW ? (Long) counts.customersCreated() : null;
        }
        return switch (one) {
            case ALL -> counts.created() + counts.updated() + counts.unchanged();
            case NEW -> counts.created();
            case UPDATED -> counts.updated();
        };
    }
}
