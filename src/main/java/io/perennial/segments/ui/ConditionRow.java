package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.perennial.segments.Rule;
import io.perennial.segments.RuleProblem;
import io.perennial.uikit.Texts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One condition, to be read from left to right: what, how, and with which values. */
class ConditionRow extends Div implements RulePart {

    private final BuilderContext context;
    private final Runnable changed;
    private final ComboBox<Subject> subject = new ComboBox<>();
    private final Div slot = new Div();
    private final Div problem = new Div();
    private Rule given;
    private @Nullable Inputs inputs;
    private boolean touched;

    ConditionRow(BuilderContext context, Rule rule, Runnable changed, PartMenu.Deeds deeds) {
        this.context = context;
        this.changed = changed;
        this.given = rule;
        addClassName("rule-row");
        problem.addClassName("rule-problem");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        slot.addClassName("rule-values-slot");
        subject.setAriaLabel(t("segments.subject"));
        subject.addClassName("rule-subject");
        subject.setItems((wanted, text) -> matches(wanted, text), Subject.all(context));
        subject.setItemLabelGenerator(Subject::label);
        subject.setRenderer(LitRenderer.<Subject>of(
                        "<span class=\"choice-line\"><span>${item.label}</span><span class=\"choice-count\">${item.section}</span></span>")
                .withProperty("label", Subject::label)
                .withProperty("section", Subject::section));
        subject.getStyle().set("--vaadin-combo-box-overlay-width", "min(26rem, 90vw)");
        display(rule);
        subject.addValueChangeListener(e -> {
            if (e.isFromClient()) {
                changeSubject(e.getValue() == null ? e.getOldValue() : e.getValue());
            }
        });
        add(subject, slot, new PartMenu(this, deeds, false), problem);
    }

    private static boolean matches(Subject wanted, String text) {
        String sought = text.strip().toLowerCase(Texts.locale());
        return (wanted.label() + " " + wanted.section())
                .toLowerCase(Texts.locale())
                .contains(sought);
    }

    /** A new row, about orders until somebody chooses. */
    static Rule blank() {
        return new Subject.OfOrders().blank();
    }

    @Override
    public Rule rule() {
        return inputs == null ? given : inputs.rule();
    }

    @Override
    public void show(List<RuleProblem> problems, String path, boolean all) {
        String words = problems.stream()
                .filter(p -> p.path().equals(path))
                .map(RuleProblem::message)
                .findFirst()
                .orElse("");
        touched |= all; // what was said once is said until it is mended
        boolean shown = (touched || inputs == null) && !words.isEmpty();
        problem.setText(shown ? words : "");
        problem.setVisible(shown);
        setClassName("rule-faulty", shown);
    }

    @Override
    public void focus() {
        subject.focus();
    }

    @Override
    public boolean focusProblem() {
        if (problem.isVisible()) {
            focus();
        }
        return problem.isVisible();
    }

    private void display(Rule rule) {
        given = rule;
        slot.removeAll();
        Optional<Subject> spoken = Subject.of(rule, context);
        if (spoken.isEmpty()) {
            inputs = null; // what it speaks of is gone: it can be replaced or removed
            slot.add(new Span(t("segments.gone_row")));
            return;
        }
        subject.setValue(spoken.get());
        inputs = Inputs.of(context, spoken.get(), rule, this::valueChanged);
        slot.add(inputs);
    }

    private void valueChanged() {
        touched = true;
        changed.run();
    }

    private void changeSubject(@Nullable Subject wanted) {
        if (wanted == null) {
            return;
        }
        touched = false;
        Rule now = rule();
        display(wanted.equals(Subject.of(now, context).orElse(null)) ? now : wanted.blank());
        changed.run();
    }
}
