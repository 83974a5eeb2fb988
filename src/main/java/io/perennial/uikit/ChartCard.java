package io.perennial.uikit;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;

/** A chart whose title asks and whose subtitle answers, with its definition, its table and its file below. */
public class ChartCard extends Div {

    private final Div foot = new Div();

    public ChartCard(String question, String answer, Component chart) {
        addClassNames("card", "chart-card");
        Paragraph subtitle = new Paragraph(answer);
        subtitle.addClassName("chart-answer");
        foot.addClassName("chart-foot");
        add(new H2(question), subtitle, chart, foot);
    }

    public ChartCard withDefinition(String definition) {
        NativeDetails details = new NativeDetails(t("uikit.how_counted"), new Paragraph(definition));
        details.addClassName("metric-definition");
        foot.add(details);
        return this;
    }

    /** What the drawing means where that is not plain, right below it. */
    public ChartCard withNote(String text) {
        Paragraph note = new Paragraph(text);
        note.addClassName("chart-note");
        addComponentAtIndex(indexOf(foot), note);
        return this;
    }

    public ChartCard withTable(DataTable table, String caption, String fileName) {
        NativeDetails details = new NativeDetails(t("uikit.as_table"), table.view(caption));
        details.addClassName("metric-definition");
        foot.add(details, table.download(fileName));
        return this;
    }
}
