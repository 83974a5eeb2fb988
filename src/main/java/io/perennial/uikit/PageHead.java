package io.perennial.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;

/** The head of every page: its title, one line that says what it is for or how it stands, actions at the right. */
public class PageHead extends Header {

    private final H1 title = new H1();
    private final Paragraph lead = new Paragraph();

    /**
     * @param actions the primary one last
     */
    public PageHead(String title, String lead, Component... actions) {
        addClassName("page-head");
        this.title.setText(title);
        this.lead.setText(lead);
        Div words = new Div(this.title, this.lead);
        words.addClassName("page-head-words");
        Div buttons = new Div(actions);
        buttons.addClassName("page-head-actions");
        buttons.setVisible(actions.length > 0);
        add(words, buttons);
    }

    @Override
    public void setTitle(String text) {
        title.setText(text);
    }

    public void setLead(String text) {
        lead.setText(text);
    }

    /** Puts something beside the title, a status badge for instance. */
    public void addBesideTitle(Component component) {
        title.add(component);
    }
}
