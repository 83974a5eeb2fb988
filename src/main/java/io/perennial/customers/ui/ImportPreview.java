package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import io.perennial.customers.CsvInspection;
import java.util.List;

/** The first rows of the file as they are read. */
class ImportPreview extends Div {

    private static final int ROWS = 5;
    private static final int COLUMNS = 30;

    ImportPreview() {
        addClassName("import-preview");
        getElement().setAttribute("tabindex", "0");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", t("customers.import.preview"));
    }

    void show(CsvInspection file) {
        removeAll();
        NativeTable table = new NativeTable();
        NativeTableRow head = new NativeTableRow();
        file.header().stream().limit(COLUMNS).forEach(name -> head.add(new NativeTableHeaderCell(name)));
        table.getHead().add(head);
        for (List<String> cells : file.rows().stream().limit(ROWS).toList()) {
            NativeTableRow row = new NativeTableRow();
            cells.stream()
                    .limit(COLUMNS)
                    .forEach(c -> row.add(new NativeTableCell(c.length() > 60 ? c.substring(0, 60) + "…" : c)));
            table.getBody().add(row);
        }
        add(table);
    }
}
