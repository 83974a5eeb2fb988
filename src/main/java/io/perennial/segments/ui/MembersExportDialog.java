package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.exports.ExportFormat;
import io.perennial.segments.SegmentDetails;
import io.perennial.uikit.DownloadButton;
import io.perennial.uikit.Texts;
import java.io.OutputStream;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Asks which attributes and which kind of file, and downloads who is in a segment now as the database sends it. */
class MembersExportDialog extends Dialog {

    private static final int LONGEST_FILE_NAME = 60;

    private final transient SegmentServices services;
    private final transient SegmentDetails segment;
    private final Select<ExportFormat> format = new Select<>();
    private final MultiSelectComboBox<CustomerAttribute> columns = new MultiSelectComboBox<>(t("exports.attributes"));

    MembersExportDialog(SegmentServices services, SegmentDetails segment) {
        this.services = services;
        this.segment = segment;
        addClassName("export-dialog");
        setHeaderTitle(t("segments.export_title", segment.name()));
        format.setLabel(t("exports.format"));
        format.setItems(ExportFormat.values());
        format.setItemLabelGenerator(one -> t("exports.format." + word(one)));
        format.setValue(ExportFormat.csvFor(Texts.locale()));
        List<CustomerAttribute> all = services.attributes().list();
        columns.setItems(all);
        columns.setItemLabelGenerator(CustomerAttribute::name);
        columns.setValue(all);
        columns.setVisible(!all.isEmpty());
        Paragraph about = new Paragraph(t("segments.export_text"));
        Paragraph safe = new Paragraph(t("exports.safe"));
        safe.addClassName("export-note");
        Div form = new Div(about, columns, format, safe);
        form.addClassName("attribute-form");
        add(form);
        getFooter().add(new Button(t("segments.cancel_plain"), e -> close()), download());
    }

    private DownloadButton download() {
        return services.proof()
                .download(t("exports.download"), event -> {
                    ExportFormat chosen = format.getValue();
                    event.setFileName(fileName(segment.name()) + "." + chosen.extension());
                    event.setContentType(chosen.contentType());
                    write(chosen, event.getOutputStream());
                })
                .primary();
    }

    private void write(ExportFormat chosen, OutputStream out) {
        services.exports()
                .members(
                        services.segments().customersIn(segment.id()),
                        columns.getValue().stream().map(CustomerAttribute::key).toList(),
                        chosen,
                        out);
    }

    /** Plain letters, as every system takes them. */
    static String fileName(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return plain.isEmpty() ? "segment" : plain.substring(0, Math.min(LONGEST_FILE_NAME, plain.length()));
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
