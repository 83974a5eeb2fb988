package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CsvInspection;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.SavedMapping;
import io.perennial.customers.SavedMappings;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.uikit.Card;
import io.perennial.uikit.Formats;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a file is and what is to be done with it: guessed, or as it was last time, and changeable. */
class ImportSetup extends Div {

    private static final int LONGEST_NAME = 100;

    private final transient SavedMappings saved;
    private final transient CustomerAttributes attributes;
    private final ZoneId zone;
    private final Runnable changed;
    private final RadioButtonGroup<ImportKind> kind = new RadioButtonGroup<>();
    private final Paragraph called = new Paragraph();
    private final ImportFormatForm format;
    private final ImportPreview preview = new ImportPreview();
    private final Paragraph accented = new Paragraph();
    private final Div remembered = new Div();
    private final ImportMappingForm mapping;
    private final ImportPolicyForm policy;
    private final Checkbox createMissing = new Checkbox(t("customers.import.create_missing"));
    private final TextField name = new TextField(t("customers.import.remember"));
    private transient @Nullable CsvInspection file;

    /**
     * @param reread told when the same rows are to be read otherwise
     * @param other told when other rows of the file are to be read
     * @param changed told when what was checked is not what would be imported any more
     */
    ImportSetup(
            SavedMappings saved,
            CustomerAttributes attributes,
            AttributeDefinitions definitions,
            ZoneId zone,
            Consumer<CsvFormat> reread,
            Consumer<CsvFormat> other,
            Runnable changed) {
        this.saved = saved;
        this.attributes = attributes;
        this.zone = zone;
        this.changed = changed;
        this.format = new ImportFormatForm(reread, other);
        this.mapping = new ImportMappingForm(attributes, definitions, this::mapped);
        this.policy = new ImportPolicyForm(changed);
        addClassName("import-setup");
        called.addClassName("import-called");
        accented.addClassName("import-accented");
        accented.getElement().setAttribute("aria-live", "polite");
        remembered.addClassName("import-remembered");
        kind.setLabel(t("customers.import.kind"));
        kind.addClassName("import-kind");
        kind.setItems(ImportKind.values());
        kind.setItemLabelGenerator(k -> t("customers.import.kind." + k.name().toLowerCase(Locale.ROOT)));
        kind.addValueChangeListener(e -> {
            if (e.isFromClient()) {
                guess();
            }
        });
        createMissing.addValueChangeListener(e -> changed.run());
        name.addClassName("import-remember");
        name.setMaxLength(LONGEST_NAME);
        name.setHelperText(t("customers.import.remember_hint"));
        add(
                Card.titled(t("customers.import.file_section"), called, kind, format, preview, accented),
                Card.titled(
                        t("customers.import.mapping_section"),
                        new Paragraph(t("customers.import.mapping_hint")),
                        remembered,
                        mapping,
                        createMissing,
                        name),
                Card.titled(t("customers.import.policy_section"), policy));
    }

    /** A file that has arrived, or another part of it: as it was read last time, else guessed. */
    void arrived(CsvInspection inspection, String source) {
        file = inspection;
        called.setText(source);
        format.show(inspection);
        showRows(inspection);
        String suggested = source.replaceFirst("\\.[A-Za-z]{1,5}$", "");
        name.setValue(suggested.substring(0, Math.min(suggested.length(), LONGEST_NAME)));
        createMissing.setValue(false);
        Optional<SavedMapping> before =
                inspection.format().header() ? saved.recognise(inspection.ownHeader()) : Optional.empty();
        if (before.isPresent()) {
            use(inspection, before.get());
        } else {
            kind.setValue(inspection.guessKind());
            guess();
        }
    }

    /** The same rows, read otherwise: what the columns mean is guessed anew, what they are is not. */
    void reread(CsvInspection inspection) {
        file = inspection;
        showRows(inspection);
        guess();
    }

    private void showRows(CsvInspection inspection) {
        preview.show(inspection);
        accented.setVisible(!inspection.accented().isEmpty());
        accented.setText(t("customers.import.accented", String.join(" · ", inspection.accented())));
    }

    ImportKind kind() {
        return kind.getValue();
    }

    ImportMapping mapping() {
        return mapping.mapping();
    }

    ImportOptions options(String source) {
        ImportOptions options = ImportOptions.of(source, format.format());
        return switch (kind()) {
            case CUSTOMERS -> options.with(policy.policy());
            case ORDERS ->
                (createMissing.getValue() ? options.creatingMissingCustomers() : options).with(policy.policy());
            case CONSENTS, SUPPRESSIONS -> options;
        };
    }

    /** Keeps what the columns mean for the next file with this header. */
    void remember(ImportOptions options) {
        CsvInspection seen = file;
        if (seen != null && seen.format().header() && !name.getValue().isBlank()) {
            saved.save(kind(), name.getValue().strip(), seen.header(), mapping(), options);
        }
    }

    private void guess() {
        CsvInspection seen = Objects.requireNonNull(file);
        ImportMapping meaning = seen.guess(kind.getValue());
        show(
                seen,
                kind.getValue() == ImportKind.CUSTOMERS && seen.format().header()
                        ? meaning.guessing(attributes.list(), seen.names())
                        : meaning);
        offer(seen);
    }

    private void guessAnew() {
        guess();
        mapping.takeFocus(0); // the button is gone
    }

    private void use(CsvInspection seen, SavedMapping before) {
        kind.setValue(before.kind());
        policy.show(before.settings().policy());
        createMissing.setValue(before.settings().createMissingCustomers());
        name.setValue(before.name());
        show(seen, before.in(seen.names()));
        Span words = new Span(t(
                "customers.import.as_before",
                before.name(),
                Formats.date(before.usedAt().atZone(zone).toLocalDate()),
                before.columns(),
                before.usedBy()));
        Button anew = new Button(t("customers.import.guess_anew"), e -> guessAnew());
        Button forget = new Button(t("customers.import.forget"), e -> {
            saved.forget(before.id());
            guessAnew();
        });
        forget.addThemeVariants(ButtonVariant.TERTIARY);
        remembered.removeAll();
        remembered.add(words, anew, forget);
        remembered.setVisible(true);
    }

    /** Other files' columns that this file has all of. */
    private void offer(CsvInspection seen) {
        remembered.removeAll();
        if (seen.format().header()) {
            saved.list(kind.getValue()).stream()
                    .filter(m -> m.fits(seen.names()))
                    .limit(3)
                    .forEach(m -> remembered.add(new Button(
                            t(
                                    "customers.import.use_saved",
                                    m.name(),
                                    Formats.date(m.usedAt().atZone(zone).toLocalDate()),
                                    m.columns()),
                            e -> {
                                use(seen, m);
                                mapping.takeFocus(0);
                            })));
        }
        remembered.setVisible(remembered.getComponentCount() > 0);
    }

    private void mapped() {
        policy.show(kind.getValue(), mapping.readsChoices());
        changed.run();
    }

    private void show(CsvInspection seen, ImportMapping meaning) {
        changed.run();
        mapping.show(seen, kind.getValue(), meaning);
        createMissing.setVisible(kind.getValue() == ImportKind.ORDERS);
        policy.show(kind.getValue(), mapping.readsChoices());
        name.setVisible(seen.format().header());
    }
}
