package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.segments.SegmentLists;
import io.perennial.segments.SegmentRef;

/** Makes a list with nobody on it and opens it. */
class NewListDialog extends Dialog {

    NewListDialog(SegmentLists lists) {
        setMaxWidth("min(480px, 100%)");
        setHeaderTitle(t("segments.list.new"));
        NameField name = new NameField("");
        name.setPlaceholder(t("segments.list.name_placeholder"));
        Button go = new Button(t("segments.list.make"), e -> {
            try {
                SegmentRef made = lists.create(name.getValue());
                close();
                UI.getCurrent().navigate(SegmentPages.people(made.id()));
            } catch (IllegalArgumentException noName) {
                name.refuse(String.valueOf(noName.getMessage()));
            }
        });
        go.addThemeVariants(ButtonVariant.PRIMARY);
        go.addClickShortcut(Key.ENTER).listenOn(this);
        add(new Paragraph(t("segments.list.about")), name);
        getFooter().add(new Button(t("segments.cancel_plain"), e -> close()), go);
    }
}
