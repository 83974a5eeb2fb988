package io.perennial.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;

/** What a page shows while it has nothing yet: what it is for and what to do first. */
public class EmptyState extends Div {

    public EmptyState(VaadinIcon icon, String title, String explanation, Component... actions) {
        addClassName("empty-state");
        Icon picture = icon.create();
        picture.getElement().setAttribute("aria-hidden", "true");
        Div buttons = new Div(actions);
        buttons.addClassName("empty-state-actions");
        add(picture, new H2(title), new Paragraph(explanation), buttons);
    }
}
