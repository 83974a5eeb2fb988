package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.delivery.DoubtChoice;
import java.util.function.Consumer;

/** Says what mails in doubt are, shows who is among them, and lets whoever may send decide. */
class DoubtNotice extends Div {

    private final Paragraph words = new Paragraph();
    private final Consumer<DoubtChoice> decide;
    private long inDoubt;

    /**
     * @param mayDecide whether this person may send campaigns
     */
    DoubtNotice(boolean mayDecide, Runnable showThem, Consumer<DoubtChoice> decide) {
        this.decide = decide;
        addClassNames("campaign-note", "tone-attention");
        Button show = new Button(t("campaigns.doubt.show"), e -> showThem.run());
        Button count = new Button(t("campaigns.doubt.count"), e -> confirm(DoubtChoice.COUNT_AS_SENT, "count"));
        Button again = new Button(t("campaigns.doubt.again"), e -> confirm(DoubtChoice.SEND_AGAIN, "again"));
        show.addThemeVariants(ButtonVariant.TERTIARY);
        count.setVisible(mayDecide);
        again.setVisible(mayDecide);
        Div deeds = new Div(show, count, again);
        deeds.addClassName("doubt-deeds");
        add(words, deeds);
        setVisible(false);
    }

    void show(long mailsInDoubt) {
        inDoubt = mailsInDoubt;
        setVisible(inDoubt > 0);
        words.setText(t("campaigns.in_doubt", inDoubt));
    }

    private void confirm(DoubtChoice choice, String key) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(t("campaigns.doubt." + key + "_title", inDoubt));
        dialog.setText(t("campaigns.doubt." + key + "_consequence", inDoubt));
        dialog.setCancelable(true);
        dialog.setCancelText(t("campaigns.doubt.leave"));
        dialog.setConfirmText(t("campaigns.doubt." + key));
        dialog.addConfirmListener(e -> decide.accept(choice));
        dialog.open();
    }
}
