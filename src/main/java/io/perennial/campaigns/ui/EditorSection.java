package io.perennial.campaigns.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;

/** A section of the editor: its heading, and its fields or, while closed, what has to come first. */
class EditorSection extends Section {

    private final Div fields = new Div();
    private final Paragraph closed = new Paragraph();

    EditorSection(String title, String whileClosed) {
        addClassNames("card", "campaign-section");
        fields.addClassName("campaign-fields");
        closed.setText(whileClosed);
        closed.addClassName("campaign-closed");
        closed.setVisible(false);
        add(new H2(title), closed, fields);
    }

    void addFields(Component... components) {
        fields.add(components);
    }

    void setOpen(boolean open) {
        fields.setVisible(open);
        closed.setVisible(!open);
        setClassName("campaign-section-closed", !open);
    }
}
