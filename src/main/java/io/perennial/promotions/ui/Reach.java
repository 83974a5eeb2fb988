package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.campaigns.AudienceCount;
import org.jspecify.annotations.Nullable;

/** How many customers a promotion would reach. */
class Reach extends Div {

    private final Runnable again;
    private @Nullable AudienceCount people;

    Reach(Runnable again) {
        this.again = again;
        addClassName("promotion-reach");
        getElement().setAttribute("aria-live", "polite");
    }

    void waiting() {
        people = null;
        removeAll();
        Div line = new Div();
        line.addClassName("promotion-skeleton");
        line.getElement().setAttribute("role", "img");
        line.getElement().setAttribute("aria-label", t("promotions.counting"));
        add(line);
    }

    void failed() {
        removeAll();
        add(new Paragraph(t("promotions.count_failed")), new Button(t("promotions.count_again"), e -> again.run()));
    }

    void show(AudienceCount counted) {
        people = counted;
        removeAll();
        Div figure = new Div(words());
        figure.addClassName("promotion-reach-figure");
        add(figure);
        if (counted.leftOut() > 0) {
            add(new Paragraph(t("promotions.reach_left_out", counted.leftOut())));
        }
    }

    /** The figure in words, where it is known. */
    String words() {
        return people == null ? t("promotions.counting") : t("promotions.reach", people.mailed());
    }
}
