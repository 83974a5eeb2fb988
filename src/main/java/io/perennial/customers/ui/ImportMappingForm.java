package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.CsvInspection;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each column means: its name, its first cells, and a choice that begins with the guess. */
class ImportMappingForm extends Div {

    private final transient CustomerAttributes attributes;
    private final transient AttributeDefinitions definitions;
    private final List<ComboBox<ColumnMeaning>> choices = new ArrayList<>();
    private final Runnable changed;
    private final Paragraph unused = new Paragraph();
    private ImportKind kind = ImportKind.CUSTOMERS;
    private transient @Nullable CsvInspection file;

    ImportMappingForm(CustomerAttributes attributes, AttributeDefinitions definitions, Runnable changed) {
        this.attributes = attributes;
        this.definitions = definitions;
        this.changed = changed;
        addClassName("import-mapping");
        unused.addClassName("import-unused");
        unused.getElement().setAttribute("aria-live", "polite");
    }

    /** @param guess what the columns mean to begin with */
    void show(CsvInspection seen, ImportKind of, ImportMapping guess) {
        removeAll();
        choices.clear();
        file = seen;
        kind = of;
        List<ColumnMeaning> meanings = meanings();
        for (int i = 0; i < seen.header().size(); i++) {
            int column = i;
            ComboBox<ColumnMeaning> choice = choice(meanings, seen.header().get(column));
            choice.setValue(meaningOf(guess, column, meanings));
            choice.addValueChangeListener(e -> {
                if (e.getValue() instanceof ColumnMeaning.NewAttribute) {
                    choice.setValue(e.getOldValue());
                    define(column);
                    return;
                }
                if (e.isFromClient()) {
                    freeElsewhere(choice, e.getValue());
                }
                tellUnused();
                changed.run();
            });
            choices.add(choice);
            Span name = new Span(
                    seen.format().header()
                            ? seen.header().get(column)
                            : t("customers.import.column", seen.header().get(column)));
            name.addClassName("import-column-name");
            Span sample = new Span(sample(seen, column));
            sample.addClassName("import-column-sample");
            Div row = new Div(new Div(name, sample), choice);
            row.addClassName("import-column");
            add(row);
        }
        add(unused);
        tellUnused();
    }

    /** What of the file is left behind: nobody should miss it weeks later. */
    private void tellUnused() {
        CsvInspection seen = file;
        List<String> names = new ArrayList<>();
        for (int column = 0; seen != null && column < choices.size(); column++) {
            if (choices.get(column).isEmpty()) {
                names.add(
                        seen.format().header()
                                ? seen.header().get(column).strip()
                                : t("customers.import.column", seen.header().get(column)));
            }
        }
        unused.setVisible(!names.isEmpty());
        unused.setText(t(
                "customers.import.unused",
                names.size(),
                String.join(", ", names.subList(0, Math.min(names.size(), 8)))));
    }

    ImportMapping mapping() {
        ImportMapping mapping = ImportMapping.none();
        for (int column = 0; column < choices.size(); column++) {
            mapping = switch (choices.get(column).getValue()) {
                case ColumnMeaning.Field meant -> mapping.with(meant.field(), column);
                case ColumnMeaning.Attribute meant -> mapping.with(meant.key(), column);
                case null, default -> mapping;
            };
        }
        return mapping;
    }

    /** Whether a column is read as an attribute that has choices. */
    boolean readsChoices() {
        Map<String, Integer> read = mapping().attributes();
        return !read.isEmpty()
                && attributes.list().stream()
                        .anyMatch(attribute -> read.containsKey(attribute.key())
                                && attribute.type().hasChoices());
    }

    /** For who pressed a button that is gone now. */
    void takeFocus(int column) {
        if (column < choices.size()) {
            choices.get(column).focus();
        }
    }

    /** Reads a field from a column, as if a person had chosen it. */
    void choose(ImportField field, int column) {
        choose(new ColumnMeaning.Field(field), column);
    }

    /** Reads an attribute from a column, as if a person had chosen it. */
    void choose(CustomerAttribute attribute, int column) {
        choose(ColumnMeaning.Attribute.of(attribute), column);
    }

    private void choose(ColumnMeaning meaning, int column) {
        choices.get(column).setValue(meaning);
        freeElsewhere(choices.get(column), meaning);
    }

    private List<ColumnMeaning> meanings() {
        List<ColumnMeaning> meanings = new ArrayList<>();
        ImportField.of(kind).forEach(field -> meanings.add(new ColumnMeaning.Field(field)));
        if (kind == ImportKind.CUSTOMERS) {
            attributes.list().forEach(attribute -> meanings.add(ColumnMeaning.Attribute.of(attribute)));
            if (CurrentStaff.may(Permission.SETTINGS_WRITE)) {
                meanings.add(new ColumnMeaning.NewAttribute());
            }
        }
        return meanings;
    }

    private static ComboBox<ColumnMeaning> choice(List<ColumnMeaning> meanings, String column) {
        ComboBox<ColumnMeaning> choice = new ComboBox<>();
        choice.setItems(meanings);
        choice.setItemLabelGenerator(ColumnMeaning::label);
        choice.setRenderer(new ComponentRenderer<>(ImportMappingForm::item));
        choice.setPlaceholder(t("customers.import.not_used"));
        choice.setClearButtonVisible(true);
        choice.setAriaLabel(t("customers.import.means", column));
        return choice;
    }

    private static Div item(ColumnMeaning meaning) {
        Div item = new Div(new Span(meaning.label()));
        item.addClassName("import-meaning");
        if (!meaning.kind().isEmpty()) {
            Span kind = new Span(meaning.kind());
            kind.addClassName("import-meaning-kind");
            item.add(kind);
        }
        return item;
    }

    /** Defines the attribute that a column is, and reads the column as it. */
    private void define(int column) {
        CsvInspection seen = file;
        if (seen == null) {
            return;
        }
        AttributeGuess guess = AttributeGuess.of(seen, column);
        new AttributeDialog(definitions, guess, () -> {
                    ImportMapping before = mapping();
                    show(seen, kind, before);
                    attributes.list().stream()
                            .filter(attribute -> !before.attributes().containsKey(attribute.key()))
                            .max(java.util.Comparator.comparingLong(
                                    attribute -> attribute.id().value()))
                            .ifPresent(attribute -> choose(attribute, column));
                    takeFocus(column);
                    changed.run();
                })
                .open();
    }

    /** A field is read from one column: choosing it here takes it from where it was. */
    private void freeElsewhere(ComboBox<ColumnMeaning> chosen, @Nullable ColumnMeaning meaning) {
        if (meaning != null) {
            choices.stream()
                    .filter(other -> other != chosen && meaning.equals(other.getValue()))
                    .forEach(ComboBox::clear);
        }
    }

    private static @Nullable ColumnMeaning meaningOf(ImportMapping mapping, int column, List<ColumnMeaning> meanings) {
        return meanings.stream()
                .filter(meaning -> switch (meaning) {
                    case ColumnMeaning.Field it ->
                        Integer.valueOf(column).equals(mapping.columns().get(it.field()));
                    case ColumnMeaning.Attribute it ->
                        Integer.valueOf(column).equals(mapping.attributes().get(it.key()));
                    case ColumnMeaning.NewAttribute _ -> false;
                })
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
