package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.perennial.uikit.FirstStep;
import java.util.List;

/** A new business's way to its first campaign, each step with a tick when it is done. */
class FirstSteps extends Section {

    FirstSteps(List<FirstStep> steps) {
        addClassName("home-section");
        long done = steps.stream().filter(FirstStep::done).count();
        H2 title = new H2(t("shell.first_steps"));
        title.addClassName("section-title");
        Paragraph lead = new Paragraph(t("shell.first_steps_lead", done, steps.size()));
        lead.addClassName("section-lead");
        OrderedList list = new OrderedList();
        list.addClassNames("card", "first-steps");
        FirstStep next = steps.stream().filter(s -> !s.done()).findFirst().orElse(null);
        steps.forEach(step -> list.add(item(step, step == next)));
        add(title, lead, list);
    }

    private static ListItem item(FirstStep step, boolean next) {
        Span tick = new Span(Icons.of(step.done() ? "check" : "circle"));
        tick.addClassName("step-tick");
        tick.getElement().setAttribute("role", "img");
        tick.getElement().setAttribute("aria-label", step.done() ? t("shell.step_done") : t("shell.step_open"));
        Div words = new Div(new H3(step.title()), new Paragraph(step.explanation()));
        words.addClassName("step-words");
        ListItem item = new ListItem(tick, words);
        item.setClassName("done", step.done());
        if (!step.done()) {
            Anchor action = new Anchor(step.href(), step.action());
            action.addClassName("button-link");
            if (next) {
                action.addClassName("primary");
            }
            item.add(action);
        }
        return item;
    }
}
