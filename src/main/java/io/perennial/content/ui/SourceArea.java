package io.perennial.content.ui;

import com.vaadin.flow.component.AbstractSinglePropertyField;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.dom.DebouncePhase;

/** A plain text area for source: no wrapping, no spelling, its value sent when the typing pauses. */
@Tag("textarea")
class SourceArea extends AbstractSinglePropertyField<SourceArea, String> {

    private static final int PAUSE_MILLIS = 600;

    SourceArea() {
        super("value", "", false);
        setSynchronizedEvent("input");
        getSynchronizationRegistration().debounce(PAUSE_MILLIS, DebouncePhase.TRAILING);
        getElement().setAttribute("spellcheck", "false");
        getElement().setAttribute("autocapitalize", "off");
        getElement().setAttribute("autocomplete", "off");
        getElement().setAttribute("wrap", "off");
    }

    @Override
    public void setReadOnly(boolean readOnly) {
        super.setReadOnly(readOnly);
        getElement().setProperty("readOnly", readOnly);
    }
}
