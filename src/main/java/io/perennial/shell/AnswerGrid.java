package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.perennial.uikit.HomeCard;
import java.util.List;

/** What happened: each card a figure, what it means in words, and the way to the people behind it. */
class AnswerGrid extends Section {

    AnswerGrid(List<HomeCard> cards) {
        addClassName("home-section");
        H2 title = new H2(t("shell.happened"));
        title.addClassName("section-title");
        Div grid = new Div();
        grid.addClassName("answer-grid");
        cards.forEach(card -> grid.add(card(card)));
        add(title, grid);
    }

    private static Div card(HomeCard card) {
        Span label = new Span(card.label());
        label.addClassName("metric-label");
        Span figure = new Span(card.figure());
        figure.addClassName("metric-value");
        Paragraph answer = new Paragraph(card.answer());
        answer.addClassNames("answer", "tone-" + card.tone().name().toLowerCase(java.util.Locale.ROOT));
        Anchor action = new Anchor(card.href(), card.action());
        action.add(Icons.of("arrow"));
        action.addClassName("answer-action");
        Div box = new Div(label, figure, answer, action);
        box.addClassNames("card", "answer-card");
        return box;
    }
}
