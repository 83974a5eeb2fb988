package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.promotions.PromotionProblem;
import io.perennial.promotions.PromotionProblem.Place;
import java.util.List;
import java.util.function.Consumer;

/** What a draft still needs before it can be planned, each with the way there. */
class MissingList extends Div {

    private final Consumer<Place> jump;

    MissingList(Consumer<Place> jump) {
        this.jump = jump;
        addClassName("promotion-missing");
        getElement().setAttribute("aria-live", "polite");
    }

    void say(String words) {
        removeAll();
        add(new Paragraph(words));
    }

    void show(List<PromotionProblem> problems) {
        removeAll();
        if (problems.isEmpty()) {
            return;
        }
        UnorderedList list = new UnorderedList();
        problems.forEach(problem -> list.add(line(problem)));
        add(new Paragraph(t("promotions.missing", problems.size())), list);
    }

    private ListItem line(PromotionProblem problem) {
        Button go = new Button(t("promotions.jump"), e -> jump.accept(problem.place()));
        go.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        go.setAriaLabel(t("promotions.jump") + ": " + problem.message());
        return new ListItem(new Span(problem.message()), go);
    }
}
