package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.uikit.CopyButton;
import java.util.List;

/** Recovery codes, this once: it closes only by saying that they are kept. */
class CodesDialog extends Dialog {

    CodesDialog(List<String> codes, Runnable afterwards) {
        this(codes, "accounts.factor.codes_hint", afterwards);
    }

    CodesDialog(List<String> codes, String hint, Runnable afterwards) {
        setHeaderTitle(t("accounts.factor.codes"));
        setWidth("min(440px, 100%)");
        setCloseOnEsc(false);
        setCloseOnOutsideClick(false);
        UnorderedList list = new UnorderedList();
        list.addClassName("recovery-codes");
        codes.forEach(code -> list.add(new ListItem(code)));
        add(new Paragraph(t(hint)), list);
        Button kept = new Button(t("accounts.factor.kept"), e -> {
            close();
            afterwards.run();
        });
        kept.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new CopyButton(t("uikit.copy"), String.join("\n", codes), t("accounts.factor.copied")), kept);
    }
}
