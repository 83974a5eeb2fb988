package io.perennial.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** A figure with its name, how sure it is or how it moved, and its definition one tap away. */
public class MetricTile extends Div {

    /** Characters beyond which a value is written smaller, so that it stays on its line. */
    private static final int ROOMY = 11;

    /** Beyond these smaller still: billions, as a total in dong has them. */
    private static final int NARROW = 14;

    private final Div label = new Div();
    private final Div value = new Div();
    private final Div note = new Div();

    public MetricTile(String label, String value, String note) {
        addClassNames("metric-tile", "card");
        this.label.setText(label);
        this.label.addClassName("metric-label");
        this.value.addClassName("metric-value");
        write(value);
        this.note.setText(note);
        this.note.addClassName("metric-note");
        add(this.label, this.value, this.note);
    }

    public MetricTile withTone(Tone tone) {
        note.addClassName(tone.className());
        return this;
    }

    /** Puts the metric's definition under it, folded. */
    public MetricTile withDefinition(String summary, String definition) {
        com.vaadin.flow.component.html.NativeDetails details =
                new com.vaadin.flow.component.html.NativeDetails(summary, new Span(definition));
        details.addClassName("metric-definition");
        add(details);
        return this;
    }

    public MetricTile with(Component component) {
        add(component);
        return this;
    }

    public void update(String newValue, String newNote) {
        write(newValue);
        note.setText(newNote);
    }

    private void write(String text) {
        value.setText(text);
        value.setClassName("long", text.length() > ROOMY);
        value.setClassName("longest", text.length() > NARROW);
    }
}
