package io.perennial.uikit;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;

/** A page has changed what the frame around it is called by: the business or the person. The frame hears it at once. */
public class NamesChanged extends ComponentEvent<UI> {

    private static final long serialVersionUID = 1;

    private NamesChanged(UI ui) {
        super(ui, false);
    }

    public static void tell(UI ui) {
        ComponentUtil.fireEvent(ui, new NamesChanged(ui));
    }
}
