package io.perennial.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;

/** A group of things that belong together, with an optional heading. Use sparingly: space groups first. */
public class Card extends Div {

    public Card(Component... content) {
        addClassName("card");
        add(content);
    }

    public static Card titled(String title, Component... content) {
        Card card = new Card(new H2(title));
        card.add(content);
        return card;
    }

    /** Gives the title the focus: for whoever goes on by keyboard when the button they pressed is not there any more. */
    public void focusTitle() {
        getElement()
                .executeJs(
                        "const title = this.querySelector('h2'); if (title) { title.tabIndex = -1; title.focus(); }");
    }
}
