package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.customers.ImportKind;
import java.util.Locale;

/** What a file has to hold, told before one is chosen, with one of each kind to begin with. */
class ImportNeeds extends Div {

    ImportNeeds() {
        addClassName("import-needs");
        for (ImportKind kind : ImportKind.values()) {
            String key = "customers.import.needs_" + kind.name().toLowerCase(Locale.ROOT);
            add(new Div(new H2(t(key)), new Paragraph(t(key + "_text")), ImportTemplates.link(kind)));
        }
    }
}
