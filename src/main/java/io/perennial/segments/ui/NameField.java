package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.textfield.TextField;

/** The name of a list, with what is wrong with it below. */
class NameField extends TextField {

    private static final int LONGEST = 120;

    NameField(String value) {
        super(t("segments.name"));
        setMaxLength(LONGEST);
        setValue(value.length() > LONGEST ? value.substring(0, LONGEST) : value);
        setWidthFull();
        setRequiredIndicatorVisible(true);
        addValueChangeListener(e -> setInvalid(false));
    }

    /** Its dialog opens to be typed in: else the first key goes nowhere. */
    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        focus();
    }

    void refuse(String words) {
        setErrorMessage(words);
        setInvalid(true);
        focus();
    }
}
