package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import io.perennial.customers.CsvCharsets;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CsvInspection;
import io.perennial.customers.FileKind;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.function.Consumer;

/** How the file is written: what was guessed, changeable. */
class ImportFormatForm extends Div {

    private final Select<String> part = new Select<>();
    private final Select<CsvFormat.Separator> separator = new Select<>();
    private final Select<Charset> charset = new Select<>();
    private final Select<CsvFormat.Decimal> decimal = new Select<>();
    private final Select<Boolean> dayFirst = new Select<>();
    private final Checkbox header = new Checkbox(t("customers.import.header"));
    private boolean quiet;

    /**
     * @param changed told when the same rows are to be read otherwise
     * @param other told when other rows are to be read: another sheet, or another file of an archive
     */
    ImportFormatForm(Consumer<CsvFormat> changed, Consumer<CsvFormat> other) {
        addClassName("import-format");
        separator.setLabel(t("customers.import.separator"));
        separator.setItems(CsvFormat.Separator.values());
        separator.setItemLabelGenerator(
                s -> t("customers.import.separator." + s.name().toLowerCase(java.util.Locale.ROOT)));
        charset.setLabel(t("customers.import.encoding"));
        charset.setItems(CsvCharsets.choices());
        charset.setItemLabelGenerator(Charset::displayName);
        decimal.setLabel(t("customers.import.decimal"));
        decimal.setItems(CsvFormat.Decimal.values());
        decimal.setItemLabelGenerator(
                d -> t("customers.import.decimal." + d.name().toLowerCase(java.util.Locale.ROOT)));
        dayFirst.setLabel(t("customers.import.dates"));
        dayFirst.setItems(true, false);
        dayFirst.setItemLabelGenerator(d -> t(d ? "customers.import.dates.day" : "customers.import.dates.month"));
        part.addClassName("import-part");
        add(part, separator, charset, decimal, dayFirst, header);
        part.addValueChangeListener(e -> tell(other));
        separator.addValueChangeListener(e -> tell(changed));
        charset.addValueChangeListener(e -> tell(changed));
        decimal.addValueChangeListener(e -> tell(changed));
        dayFirst.addValueChangeListener(e -> tell(changed));
        header.addValueChangeListener(e -> tell(changed));
    }

    void show(CsvInspection file) {
        CsvFormat format = file.format();
        quiet = true;
        part.setVisible(file.parts().size() > 1);
        part.setLabel(t(file.kind() == FileKind.WORKBOOK ? "customers.import.sheet" : "customers.import.entry"));
        part.setItems(file.parts());
        part.setValue(file.parts().isEmpty() ? null : format.part());
        separator.setVisible(file.kind().isText());
        charset.setVisible(file.kind().isText());
        separator.setValue(format.separator());
        charset.setValue(format.charset());
        decimal.setValue(format.decimal());
        dayFirst.setValue(format.dayFirst());
        header.setValue(format.header());
        quiet = false;
    }

    CsvFormat format() {
        return new CsvFormat(
                separator.getValue(),
                charset.getValue(),
                header.getValue(),
                decimal.getValue(),
                dayFirst.getValue(),
                Objects.requireNonNullElse(part.getValue(), ""));
    }

    private void tell(Consumer<CsvFormat> changed) {
        if (!quiet) {
            changed.accept(format());
        }
    }
}
