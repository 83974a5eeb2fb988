package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.uikit.Charts;
import io.perennial.uikit.EChart;
import java.util.List;

/** A question answered in words, then the figure with how sure it is, a small chart, and its definition. */
class AnswerTile extends Div {

    AnswerTile(String name, String figure, String answer, String certainty) {
        addClassNames("card", "answer-tile");
        H2 label = new H2(name);
        label.addClassName("metric-label");
        Div value = new Div(figure);
        value.addClassName("metric-value");
        Paragraph words = new Paragraph(answer);
        words.addClassName("tile-answer");
        Div note = new Div(certainty);
        note.addClassName("metric-note");
        add(label, words, value, note);
    }

    /** A line of the figure over time; said in words already, so hidden from screen readers. */
    AnswerTile withSpark(List<Double> values, int colour) {
        if (values.size() > 2) {
            EChart chart = new EChart(Charts.spark(values, colour), "");
            chart.addClassName("spark");
            chart.getElement().setAttribute("aria-hidden", "true");
            add(chart);
        }
        return this;
    }

    AnswerTile withDefinition(String definition) {
        NativeDetails details = new NativeDetails(t("uikit.how_counted"), new Paragraph(definition));
        details.addClassName("metric-definition");
        add(details);
        return this;
    }

    AnswerTile withLink(String text, String href) {
        Anchor link = new Anchor(href, text);
        link.addClassName("tile-link");
        add(link);
        return this;
    }

    AnswerTile with(Component component) {
        add(component);
        return this;
    }
}
