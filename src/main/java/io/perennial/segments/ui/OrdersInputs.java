package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Orders;
import io.perennial.segments.RuleLimits;
import io.perennial.segments.RuleWords;
import java.util.ArrayList;
import java.util.List;

/** Figures of orders, in which time, and of which orders: "at least 2, spending over 50, in the last 60 days, on Coffee". */
class OrdersInputs extends Inputs {

    private final BuilderContext context;
    private final Runnable changed;
    private final List<MeasureInput> measures = new ArrayList<>();
    private final Div lines = new Div();
    private final Button another;
    private final WindowInput window;
    private final OrderFilterInputs filter;

    OrdersInputs(BuilderContext context, Orders given, Runnable changed) {
        this.context = context;
        this.changed = changed;
        lines.addClassName("rule-lines");
        another = new Button(t("segments.add_measure"), VaadinIcon.PLUS.create(), e -> {
            append(Measure.of(Aggregate.VALUE, Operator.MORE_THAN, ""));
            changed.run();
            measures.getLast().focus();
        });
        another.addThemeVariants(ButtonVariant.TERTIARY);
        another.addClassName("rule-more");
        window = new WindowInput(given.window(), changed);
        filter = new OrderFilterInputs(context, given.filter(), changed);
        given.measures().forEach(this::append);
        add(lines, window, filter);
        filter.addButton(another);
    }

    private void append(Measure measure) {
        MeasureInput input =
                new MeasureInput(context, List.of(Aggregate.values()), RuleWords::aggregate, measure, changed);
        Div line = new Div();
        line.addClassName("rule-phrase");
        if (!measures.isEmpty()) {
            Button removal = new Button(VaadinIcon.CLOSE_SMALL.create(), e -> {
                measures.remove(input);
                lines.remove(line);
                another.setVisible(true);
                changed.run();
                another.focus();
            });
            removal.addThemeVariants(ButtonVariant.TERTIARY);
            removal.setAriaLabel(t("segments.remove_measure"));
            line.add(new Span(t("segments.and")), input, removal);
        } else {
            line.add(input);
        }
        measures.add(input);
        lines.add(line);
        another.setVisible(measures.size() < RuleLimits.MEASURES);
    }

    @Override
    Rule rule() {
        return new Orders(measures.stream().map(MeasureInput::measure).toList(), window.window(), filter.filter());
    }
}
