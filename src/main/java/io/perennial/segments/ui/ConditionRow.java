package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import io.perennial.segments.FieldType;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Operator;
import io.perennial.segments.Rule.Orders;
import io.perennial.segments.Rule.Window;
import io.perennial.segments.RuleProblem;
import io.perennial.segments.RuleWords;
import java.util.ArrayList;
import java.util.List;

/** One condition, to be read from left to right: what, how, and with which values. */
class ConditionRow extends Div implements RulePart {

    private final BuilderContext context;
    private final Runnable changed;
    private final ComboBox<Subject> subject = new ComboBox<>();
    private final Select<Operator> operator = new Select<>();
    private final Div values = new Div();
    private final Div problem = new Div();
    private Rule shown;
    private boolean touched;

    ConditionRow(BuilderContext context, Rule rule, Runnable changed, Runnable remove) {
        this.context = context;
        this.changed = changed;
        this.shown = rule;
        addClassName("rule-row");
        problem.addClassName("rule-problem");
        problem.getElement().setAttribute("role", "alert");
        values.addClassName("rule-values-slot");
        subject.setAriaLabel(t("segments.subject"));
        subject.addClassName("rule-subject");
        subject.setItems(Subject.all());
        subject.setItemLabelGenerator(Subject::label);
        operator.setAriaLabel(t("segments.comparison"));
        operator.addClassName("rule-operator");
        Button removal = new Button(VaadinIcon.CLOSE_SMALL.create(), e -> remove.run());
        removal.addThemeVariants(ButtonVariant.TERTIARY);
        removal.setAriaLabel(t("segments.remove_condition"));
        removal.setTooltipText(t("segments.remove_condition"));
        removal.addClassName("rule-remove");
        display(rule);
        subject.addValueChangeListener(e -> {
            if (e.isFromClient()) {
                changeSubject(e.getValue() == null ? e.getOldValue() : e.getValue());
            }
        });
        operator.addValueChangeListener(e -> {
            if (e.isFromClient() && e.getValue() != null) {
                changeOperator(e.getValue());
            }
        });
        add(subject, operator, values, removal, problem);
    }

    /** A new row, about the number of orders until somebody chooses. */
    static Rule blank() {
        return new Orders(Aggregate.COUNT, Operator.AT_LEAST, "", null, Window.lastDays(90), null, null);
    }

    @Override
    public Rule rule() {
        return values.getChildren()
                .findFirst()
                .<Rule>map(inputs -> inputs instanceof OrdersValues orders
                        ? orders.orders()
                        : conditionOf((Condition) shown, (ConditionValues) inputs))
                .orElse(shown);
    }

    @Override
    public void show(List<RuleProblem> problems, String path, boolean all) {
        String words = problems.stream()
                .filter(p -> p.path().equals(path))
                .map(RuleProblem::message)
                .findFirst()
                .orElse("");
        problem.setText(touched || all ? words : "");
        problem.setVisible(!problem.getText().isEmpty());
    }

    void focus() {
        subject.focus();
    }

    private static Condition conditionOf(Condition shown, ConditionValues inputs) {
        return new Condition(shown.field(), shown.operator(), inputs.values());
    }

    private void display(Rule rule) {
        shown = rule;
        subject.setValue(Subject.of(rule));
        values.removeAll();
        values.add(inputs(rule));
    }

    private Component inputs(Rule rule) {
        if (rule instanceof Orders orders) {
            offer(FieldType.COUNT, List.copyOf(Orders.OPERATORS), orders.operator());
            return new OrdersValues(context, orders, this::valueChanged);
        }
        Condition condition = (Condition) rule;
        FieldType type = condition.field().type();
        offer(type, List.copyOf(type.operators()), condition.operator());
        ConditionValues inputs = new ConditionValues(context, this::valueChanged);
        inputs.show(condition.field(), condition.operator(), condition.values());
        return inputs;
    }

    private void offer(FieldType type, List<Operator> operators, Operator chosen) {
        operator.setItemLabelGenerator(o -> RuleWords.operator(type, o));
        operator.setItems(operators);
        operator.setValue(chosen);
    }

    private void valueChanged() {
        touched = true;
        changed.run();
    }

    private void changeSubject(Subject wanted) {
        touched = false;
        display(
                switch (wanted) {
                    case Subject.OfField(Field field) -> {
                        Operator first = field.type().operators().iterator().next();
                        List<String> given = field.type() == FieldType.YES_NO ? List.of("true") : List.of("");
                        yield new Condition(field, first, given);
                    }
                    case Subject.OfOrders(Aggregate aggregate) -> orders(aggregate);
                });
        changed.run();
    }

    /** Keeps what was already said about the orders. */
    private Orders orders(Aggregate aggregate) {
        return rule() instanceof Orders now
                ? new Orders(
                        aggregate, now.operator(), now.value(), now.upTo(), now.window(), now.category(), now.product())
                : new Orders(aggregate, Operator.AT_LEAST, "", null, Window.lastDays(90), null, null);
    }

    private void changeOperator(Operator wanted) {
        display(
                switch (rule()) {
                    case Orders now ->
                        new Orders(
                                now.aggregate(),
                                wanted,
                                now.value(),
                                now.upTo(),
                                now.window(),
                                now.category(),
                                now.product());
                    case Condition now -> new Condition(now.field(), wanted, fitting(now.values(), wanted));
                    case Rule.Group group -> group;
                });
        changed.run();
    }

    private static List<String> fitting(List<String> given, Operator operator) {
        List<String> values = new ArrayList<>(given);
        while (values.size() > operator.mostValues()) {
            values.removeLast();
        }
        while (values.size() < operator.leastValues()) {
            values.add("");
        }
        return values;
    }
}
