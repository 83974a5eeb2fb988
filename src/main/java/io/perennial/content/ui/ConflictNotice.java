package io.perennial.content.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** Says that somebody else saved the template, and offers the ways out; nothing is lost meanwhile. */
class ConflictNotice extends Div {

    private final Span words = new Span();
    private final Button theirs;
    private final Button mine;

    ConflictNotice(Runnable showTheirs, Runnable keepCopy, Runnable overwrite) {
        addClassNames("conflict-notice", "card");
        getElement().setAttribute("role", "alert");
        theirs = new Button(t("content.conflict_theirs"), event -> showTheirs.run());
        mine = new Button(t("content.conflict_mine"), event -> overwrite.run());
        Button copy = new Button(t("content.conflict_copy"), event -> keepCopy.run());
        Div buttons = new Div(theirs, copy, mine);
        buttons.addClassName("conflict-actions");
        add(words, buttons);
        setVisible(false);
    }

    /**
     * @param stillThere whether the other version can be shown or overwritten
     */
    void show(String text, boolean stillThere) {
        words.setText(text);
        theirs.setVisible(stillThere);
        mine.setVisible(stillThere);
        setVisible(true);
    }

    void clear() {
        setVisible(false);
    }
}
