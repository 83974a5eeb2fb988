package io.perennial.accounts.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;

/** A page in front of the console, for people who are not signed in: a mark, a title, a line and a card. */
abstract class DoorPage extends Main {

    private final H1 title = new H1();
    private final Paragraph lead = new Paragraph();
    private final Div card = new Div();

    DoorPage() {
        addClassNames("login-page", "door-page");
        Image mark = new Image("images/mark.svg", "");
        mark.addClassName("brand-mark");
        Div head = new Div(mark, title, lead);
        head.addClassName("login-head");
        card.addClassNames("login-card", "door-card");
        Div column = new Div(head, card);
        column.addClassName("login-column");
        add(column);
    }

    /** Replaces what it shows. */
    final void show(String titleText, String leadText, Component... content) {
        title.setText(titleText);
        lead.setText(leadText);
        card.removeAll();
        card.setVisible(content.length > 0);
        card.add(content);
    }
}
