package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;

/** What a file has to hold, told before one is chosen. */
class ImportNeeds extends Div {

    ImportNeeds() {
        addClassName("import-needs");
        for (String part : List.of("needs_customers", "needs_orders", "again")) {
            add(new Div(new H2(t("customers.import." + part)), new Paragraph(t("customers.import." + part + "_text"))));
        }
    }
}
