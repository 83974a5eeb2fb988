package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Measure;
import java.util.List;
import java.util.function.Function;

/** A figure and what it is compared with. */
class MeasureInput extends Div {

    private final BuilderContext context;
    private final Runnable changed;
    private final Select<Aggregate> aggregate = new Select<>();
    private ComparisonInput comparison;

    MeasureInput(
            BuilderContext context,
            List<Aggregate> offered,
            Function<Aggregate, String> words,
            Measure given,
            Runnable changed) {
        this.context = context;
        this.changed = changed;
        addClassName("rule-phrase");
        aggregate.setAriaLabel(t("segments.figure"));
        aggregate.addClassName("rule-figure");
        aggregate.setItems(offered);
        aggregate.setItemLabelGenerator(words::apply);
        aggregate.setValue(given.aggregate());
        comparison = comparison(given);
        aggregate.addValueChangeListener(e -> {
            if (e.isFromClient() && e.getValue() != null) {
                ComparisonInput fresh = comparison(measure());
                replace(comparison, fresh);
                comparison = fresh;
                changed.run();
            }
        });
        add(aggregate, comparison);
    }

    /** Puts the keyboard where one begins with it. */
    void focus() {
        aggregate.focus();
    }

    Measure measure() {
        return new Measure(aggregate.getValue(), comparison.operator(), comparison.values());
    }

    private ComparisonInput comparison(Measure given) {
        return new ComparisonInput(
                Operand.number(context, given.aggregate().type()),
                List.copyOf(Measure.OPERATORS),
                given.operator(),
                given.values(),
                changed);
    }
}
