package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import io.perennial.customers.CsvCharsets;
import io.perennial.customers.CsvFormat;
import java.nio.charset.Charset;
import java.util.function.Consumer;

/** How the file is written: what was guessed, changeable. */
class ImportFormatForm extends Div {

    private final Select<CsvFormat.Separator> separator = new Select<>();
    private final Select<Charset> charset = new Select<>();
    private final Select<CsvFormat.Decimal> decimal = new Select<>();
    private final Select<Boolean> dayFirst = new Select<>();
    private final Checkbox header = new Checkbox(t("customers.import.header"));
    private boolean quiet;

    ImportFormatForm(Consumer<CsvFormat> changed) {
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
        add(separator, charset, decimal, dayFirst, header);
        separator.addValueChangeListener(e -> tell(changed));
        charset.addValueChangeListener(e -> tell(changed));
        decimal.addValueChangeListener(e -> tell(changed));
        dayFirst.addValueChangeListener(e -> tell(changed));
        header.addValueChangeListener(e -> tell(changed));
    }

    void show(CsvFormat format) {
        quiet = true;
        separator.setValue(format.separator());
        charset.setValue(format.charset());
        decimal.setValue(format.decimal());
        dayFirst.setValue(format.dayFirst());
        header.setValue(format.header());
        quiet = false;
    }

    CsvFormat format() {
        return new CsvFormat(
                separator.getValue(), charset.getValue(), header.getValue(), decimal.getValue(), dayFirst.getValue());
    }

    private void tell(Consumer<CsvFormat> changed) {
        if (!quiet) {
            changed.accept(format());
        }
    }
}
