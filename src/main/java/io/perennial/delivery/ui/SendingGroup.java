package io.perennial.delivery.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;

/** One part of the page: what it is about at the left, what to do at the right. */
abstract class SendingGroup extends Section {

    private final Div content = new Div();
    private final Paragraph hint = new Paragraph();

    SendingGroup(String id, String title, String why) {
        setId(id);
        addClassName("settings-group");
        hint.setText(why);
        Div words = new Div(new H2(title), hint);
        words.addClassName("settings-words");
        content.addClassName("sending-content");
        super.add(words, content);
    }

    void fill(Component... parts) {
        content.removeAll();
        content.add(parts);
    }

    void append(Component part) {
        content.add(part);
    }
}
