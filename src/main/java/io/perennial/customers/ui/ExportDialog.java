package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import io.perennial.accounts.StepUp;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.customers.exports.DataExport;
import io.perennial.customers.exports.ExportFormat;
import io.perennial.customers.exports.ExportKind;
import io.perennial.customers.exports.Exports;
import io.perennial.uikit.DownloadButton;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Texts;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/** Asks which list, which attributes and which kind of file, and downloads it as the database sends it. */
class ExportDialog extends Dialog {

    private static final List<ExportKind> KINDS = List.of(
            ExportKind.CUSTOMERS,
            ExportKind.ORDERS,
            ExportKind.ORDER_LINES,
            ExportKind.CONSENTS,
            ExportKind.SUPPRESSIONS);
    private static final int LATEST = 3;

    private final transient Exports exports;
    private final transient CustomerSelection selection;
    private final transient StepUp proof;
    private final Select<ExportKind> kind = new Select<>();
    private final Select<ExportFormat> format = new Select<>();
    private final MultiSelectComboBox<CustomerAttribute> columns = new MultiSelectComboBox<>(t("exports.attributes"));

    /**
     * @param customers what "these customers" are, in words with their number
     * @param shown the attributes that are columns of the list now
     */
    ExportDialog(
            Exports exports,
            CustomerAttributes attributes,
            CustomerSelection selection,
            String customers,
            List<CustomerAttribute> shown,
            StepUp proof) {
        this.exports = exports;
        this.selection = selection;
        this.proof = proof;
        addClassName("export-dialog");
        setHeaderTitle(t("exports.title"));
        kind.setLabel(t("exports.what"));
        kind.setItems(selection.query() == null ? List.of(ExportKind.CUSTOMERS) : KINDS);
        kind.setItemLabelGenerator(one -> one == ExportKind.CUSTOMERS ? customers : t("exports.kind." + word(one)));
        kind.setValue(ExportKind.CUSTOMERS);
        format.setLabel(t("exports.format"));
        format.setItems(ExportFormat.values());
        format.setItemLabelGenerator(one -> t("exports.format." + word(one)));
        format.setValue(ExportFormat.csvFor(Texts.locale()));
        List<CustomerAttribute> all = attributes.list();
        columns.setItems(all);
        columns.setItemLabelGenerator(CustomerAttribute::name);
        columns.setValue(shown.isEmpty() ? all : shown);
        columns.setVisible(!all.isEmpty());
        kind.addValueChangeListener(e -> columns.setVisible(!all.isEmpty() && e.getValue() == ExportKind.CUSTOMERS));
        Paragraph safe = new Paragraph(t("exports.safe"));
        safe.addClassName("export-note");
        Div form = new Div(kind, columns, format, safe);
        form.addClassName("attribute-form");
        add(form);
        latest();
        getFooter().add(new Button(t("customers.cancel"), e -> close()), download());
    }

    private DownloadButton download() {
        return proof.download(t("exports.download"), event -> {
                    ExportFormat chosen = format.getValue();
                    event.setFileName(word(kind.getValue()).replace('_', '-') + "." + chosen.extension());
                    event.setContentType(chosen.contentType());
                    write(chosen, event.getOutputStream());
                })
                .primary();
    }

    private void write(ExportFormat chosen, OutputStream out) {
        if (kind.getValue() == ExportKind.CUSTOMERS) {
            exports.customers(
                    selection,
                    columns.getValue().stream().map(CustomerAttribute::key).toList(),
                    chosen,
                    out);
        } else {
            exports.list(kind.getValue(), chosen, out);
        }
    }

    /** Whoever takes data out sees that it is remembered. */
    private void latest() {
        List<DataExport> before = exports.latest(LATEST);
        if (before.isEmpty()) {
            return;
        }
        UnorderedList list = new UnorderedList();
        before.forEach(one -> list.add(new ListItem(t(
                one.finishedAt() == null ? "exports.broken_row" : "exports.row",
                t("exports.kind." + word(one.kind())),
                one.rows(),
                one.by(),
                Formats.relative(one.startedAt())))));
        Div box = new Div(new H3(t("exports.latest")), list);
        box.addClassName("export-latest");
        add(box);
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
