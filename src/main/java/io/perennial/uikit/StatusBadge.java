package io.perennial.uikit;

import com.vaadin.flow.component.html.Span;

/** A state in a word, with a dot in the colour of its meaning. */
public class StatusBadge extends Span {

    public StatusBadge(String text, Tone tone) {
        show(text, tone);
    }

    /** Says another state. */
    public final void show(String text, Tone tone) {
        setText(text);
        setClassName("status-badge " + tone.className());
    }
}
