package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.segments.UsedBy;
import java.util.List;

/** Says what a segment is needed for, each with the way there, when it cannot go. */
class UsesDialog extends Dialog {

    UsesDialog(String title, List<UsedBy> uses) {
        setMaxWidth("min(520px, 100%)");
        setHeaderTitle(title);
        add(new Paragraph(t("segments.in_use_text")), new UseList(uses));
        getFooter().add(new Button(t("segments.close"), e -> close()));
    }
}
