package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.segments.Choice;
import io.perennial.segments.ChoiceOf;
import io.perennial.segments.FieldType;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Operator;
import io.perennial.segments.Rule.Orders;
import io.perennial.segments.Rule.Window;
import io.perennial.uikit.Texts;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a condition on orders: how much, in which period, of what. */
class OrdersValues extends Div {

    private enum Period {
        EVER,
        LAST_DAYS,
        DATES
    }

    private final Aggregate aggregate;
    private final Operator operator;
    private final NumberInput low;
    private final NumberInput high;
    private final Select<Period> period = new Select<>();
    private final IntegerField days = new IntegerField();
    private final DatePicker from = new DatePicker();
    private final DatePicker until = new DatePicker();
    private final ComboBox<Choice> category;
    private final ComboBox<Choice> product;

    OrdersValues(BuilderContext context, Orders orders, Runnable changed) {
        addClassName("rule-values");
        aggregate = orders.aggregate();
        operator = orders.operator();
        boolean money = aggregate == Aggregate.VALUE || aggregate == Aggregate.AVERAGE_VALUE;
        FieldType type = money ? FieldType.MONEY : FieldType.COUNT;
        String unit = NumberInput.unit(type, context.currency());
        low = new NumberInput(t("segments.value"), type, unit, orders.value(), changed);
        high = new NumberInput(
                t("segments.value_to"),
                type,
                unit,
                Optional.ofNullable(orders.upTo()).orElse(""),
                changed);
        category = narrowing(context, ChoiceOf.CATEGORY, orders.category(), changed);
        product = narrowing(context, ChoiceOf.PRODUCT, orders.product(), changed);
        fillPeriod(orders.window(), changed);
        add(low);
        if (operator == Operator.BETWEEN) {
            add(new Span(t("segments.and")), high);
        }
        add(period, days, from, until, category, product);
        adapt();
    }

    Orders orders() {
        return new Orders(
                aggregate,
                operator,
                low.text(),
                operator == Operator.BETWEEN ? high.text() : null,
                window(),
                Optional.ofNullable(category.getValue()).map(Choice::value).orElse(null),
                Optional.ofNullable(product.getValue()).map(Choice::value).orElse(null));
    }

    private Window window() {
        return switch (period.getValue()) {
            case EVER -> Window.ever();
            case LAST_DAYS ->
                Window.lastDays(Optional.ofNullable(days.getValue()).orElse(0));
            case DATES -> Window.between(text(from.getValue()), text(until.getValue()));
        };
    }

    private void fillPeriod(Window window, Runnable changed) {
        period.setAriaLabel(t("segments.period"));
        period.setItems(Period.values());
        period.setItemLabelGenerator(p -> t("segments.period." + p));
        period.addClassName("rule-period");
        boolean dates = window.from() != null || window.until() != null;
        period.setValue(window.lastDays() != null ? Period.LAST_DAYS : dates ? Period.DATES : Period.EVER);
        days.setAriaLabel(t("segments.days"));
        days.setSuffixComponent(new Span(t("segments.days")));
        days.addClassName("rule-number");
        days.setValue(window.lastDays() != null ? window.lastDays() : 90);
        days.setValueChangeMode(ValueChangeMode.LAZY);
        day(from, "segments.from", window.from(), changed);
        day(until, "segments.until", window.until(), changed);
        days.addValueChangeListener(e -> changed.run());
        period.addValueChangeListener(e -> {
            adapt();
            changed.run();
        });
    }

    private static void day(DatePicker picker, String label, @Nullable String given, Runnable changed) {
        picker.setAriaLabel(t(label));
        picker.setPlaceholder(t(label));
        picker.setClearButtonVisible(true);
        picker.setLocale(Texts.locale());
        picker.addClassName("rule-date");
        if (given != null) {
            picker.setValue(LocalDate.parse(given));
        }
        picker.addValueChangeListener(e -> changed.run());
    }

    private static ComboBox<Choice> narrowing(
            BuilderContext context, ChoiceOf of, @Nullable String given, Runnable changed) {
        boolean isCategory = of == ChoiceOf.CATEGORY;
        ComboBox<Choice> box =
                ChoiceInput.one(context.segments(), of, t(isCategory ? "segments.category" : "segments.product"));
        box.setPlaceholder(t(isCategory ? "segments.any_category" : "segments.any_product"));
        box.setClearButtonVisible(true);
        if (given != null) {
            box.setValue(new Choice(given, given));
        }
        box.addValueChangeListener(e -> changed.run());
        return box;
    }

    private void adapt() {
        days.setVisible(period.getValue() == Period.LAST_DAYS);
        from.setVisible(period.getValue() == Period.DATES);
        until.setVisible(period.getValue() == Period.DATES);
    }

    private static @Nullable String text(@Nullable LocalDate date) {
        return date == null ? null : date.toString();
    }
}
