package io.perennial.uikit;

import com.vaadin.flow.component.html.Span;

/** A state in a word, with a dot in the colour of its meaning. */
public class StatusBadge extends Span {

    public StatusBadge(String text, Tone tone) {
        setText(text);
        addClassNames("status-badge", tone.className());
    }
}
