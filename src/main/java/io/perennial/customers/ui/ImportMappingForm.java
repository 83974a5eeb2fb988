package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import io.perennial.customers.CsvInspection;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each column means: its name, its first cells, and a choice that begins with the guess. */
class ImportMappingForm extends Div {

    private final List<Select<ImportField>> choices = new ArrayList<>();
    private final Runnable changed;

    ImportMappingForm(Runnable changed) {
        this.changed = changed;
        addClassName("import-mapping");
    }

    /** @param guess what the columns mean to begin with */
    void show(CsvInspection file, ImportKind kind, ImportMapping guess) {
        removeAll();
        choices.clear();
        for (int column = 0; column < file.header().size(); column++) {
            Select<ImportField> choice = choice(kind, file.header().get(column));
            choice.setValue(fieldAt(guess, column));
            choice.addValueChangeListener(e -> {
                if (e.isFromClient()) {
                    freeElsewhere(choice, e.getValue());
                }
                changed.run();
            });
            choices.add(choice);
            Span name = new Span(
                    file.format().header()
                            ? file.header().get(column)
                            : t("customers.import.column", file.header().get(column)));
            name.addClassName("import-column-name");
            Span sample = new Span(sample(file, column));
            sample.addClassName("import-column-sample");
            Div row = new Div(new Div(name, sample), choice);
            row.addClassName("import-column");
            add(row);
        }
    }

    ImportMapping mapping() {
        ImportMapping mapping = ImportMapping.none();
        for (int column = 0; column < choices.size(); column++) {
            ImportField field = choices.get(column).getValue();
            if (field != null) {
                mapping = mapping.with(field, column);
            }
        }
        return mapping;
    }

    /** Reads a field from a column, as if a person had chosen it. */
    void choose(ImportField field, int column) {
        choices.get(column).setValue(field);
        freeElsewhere(choices.get(column), field);
    }

    private static Select<ImportField> choice(ImportKind kind, String column) {
        Select<ImportField> choice = new Select<>();
        choice.setItems(ImportField.of(kind));
        choice.setEmptySelectionAllowed(true);
        choice.setEmptySelectionCaption(t("customers.import.not_used"));
        choice.setItemLabelGenerator(f -> f == null ? t("customers.import.not_used") : label(f));
        choice.setAriaLabel(t("customers.import.means", column));
        return choice;
    }

    static String label(ImportField field) {
        return t("customers.field." + field.name().toLowerCase(Locale.ROOT));
    }

    /** A field is read from one column: choosing it here takes it from where it was. */
    private void freeElsewhere(Select<ImportField> chosen, @Nullable ImportField field) {
        if (field != null) {
            choices.stream()
                    .filter(other -> other != chosen && other.getValue() == field)
                    .forEach(Select::clear);
        }
    }

    private static @Nullable ImportField fieldAt(ImportMapping mapping, int column) {
        return mapping.columns().entrySet().stream()
                .filter(e -> e.getValue() == column)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static String sample(CsvInspection file, int column) {
        List<String> cells = file.rows().stream()
                .filter(r -> column < r.size())
                .map(r -> r.get(column).strip())
                .filter(c -> !c.isEmpty())
                .distinct()
                .limit(3)
                .map(c -> c.length() > 40 ? c.substring(0, 40) + "…" : c)
                .toList();
        return cells.isEmpty() ? t("customers.import.no_cells") : String.join(" · ", cells);
    }
}
