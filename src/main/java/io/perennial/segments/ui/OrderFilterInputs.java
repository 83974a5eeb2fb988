package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.select.Select;
import io.perennial.segments.Choice;
import io.perennial.segments.ChoiceOf;
import io.perennial.segments.FieldType;
import io.perennial.segments.Operator;
import io.perennial.segments.OrderFilter;
import io.perennial.segments.OrderFilter.Among;
import io.perennial.segments.OrderFilter.Amount;
import io.perennial.segments.OrderFilter.OrderStatus;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.ValueWords;
import io.perennial.uikit.Texts;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which orders and lines count: each narrowing is a line of its own, added from a menu and taken away. */
class OrderFilterInputs extends Div {

    private enum Narrowing {
        CATEGORY,
        PRODUCT,
        ORDER_VALUE,
        STATUS,
        WEEKDAY,
        MONTH
    }

    private final BuilderContext context;
    private final Runnable changed;
    private final Map<Narrowing, UnaryOperator<OrderFilter>> chosen = new EnumMap<>(Narrowing.class);
    private final Map<Narrowing, MenuItem> items = new EnumMap<>(Narrowing.class);
    private final Div lines = new Div();
    private final Div buttons = new Div();
    private final MenuBar menu = new MenuBar();

    OrderFilterInputs(BuilderContext context, OrderFilter given, Runnable changed) {
        this.context = context;
        this.changed = changed;
        addClassName("rule-filters");
        lines.addClassName("rule-lines");
        buttons.addClassName("rule-buttons");
        menu.addThemeVariants(MenuBarVariant.TERTIARY);
        Span words = new Span(VaadinIcon.FILTER.create(), new Span(t("segments.narrow")));
        words.addClassName("rule-menu-words");
        MenuItem root = menu.addItem(words);
        root.setAriaLabel(t("segments.narrow"));
        for (Narrowing narrowing : Narrowing.values()) {
            items.put(narrowing, root.getSubMenu().addItem(t("segments.narrow." + narrowing), e -> {
                Div line = append(narrowing, OrderFilter.none());
                changed.run();
                fields(line).reduce((before, last) -> last).ifPresent(Focusable::focus);
            }));
        }
        buttons.add(menu);
        add(lines, buttons);
        if (given.categories() != null) {
            append(Narrowing.CATEGORY, given);
        }
        if (given.products() != null) {
            append(Narrowing.PRODUCT, given);
        }
        if (given.orderValue() != null) {
            append(Narrowing.ORDER_VALUE, given);
        }
        if (given.status() != OrderStatus.VALID) {
            append(Narrowing.STATUS, given);
        }
        if (!given.weekdays().isEmpty()) {
            append(Narrowing.WEEKDAY, given);
        }
        if (!given.months().isEmpty()) {
            append(Narrowing.MONTH, given);
        }
    }

    void addButton(Button button) {
        buttons.addComponentAsFirst(button);
    }

    OrderFilter filter() {
        OrderFilter filter = OrderFilter.none();
        for (UnaryOperator<OrderFilter> narrowing : chosen.values()) {
            filter = narrowing.apply(filter);
        }
        return filter;
    }

    /** All that one fills in within a part. */
    private static Stream<Focusable<?>> fields(Component part) {
        return part instanceof Button
                ? Stream.empty()
                : part instanceof Focusable<?> field
                        ? Stream.of(field)
                        : part.getChildren().flatMap(OrderFilterInputs::fields);
    }

    private Div append(Narrowing narrowing, OrderFilter given) {
        Div line = new Div();
        line.addClassName("rule-phrase");
        switch (narrowing) {
            case CATEGORY -> among(line, narrowing, ChoiceOf.CATEGORY, given.categories());
            case PRODUCT -> among(line, narrowing, ChoiceOf.PRODUCT, given.products());
            case ORDER_VALUE -> orderValue(line, given.orderValue());
            case STATUS -> status(line, given.status());
            case WEEKDAY -> {
                MultiSelectComboBox<DayOfWeek> box = several(
                        "segments.weekdays",
                        DayOfWeek.values(),
                        given.weekdays(),
                        d -> d.getDisplayName(TextStyle.FULL_STANDALONE, Texts.locale()));
                line.add(new Span(t("segments.only_on")), box);
                chosen.put(
                        narrowing,
                        f -> new OrderFilter(
                                f.status(),
                                f.categories(),
                                f.products(),
                                f.orderValue(),
                                box.getValue().stream().sorted().toList(),
                                f.months()));
            }
            case MONTH -> {
                MultiSelectComboBox<Month> box =
                        several("segments.months", Month.values(), given.months(), ValueWords::month);
                line.add(new Span(t("segments.only_in")), box);
                chosen.put(
                        narrowing,
                        f -> new OrderFilter(
                                f.status(),
                                f.categories(),
                                f.products(),
                                f.orderValue(),
                                f.weekdays(),
                                box.getValue().stream().sorted().toList()));
            }
        }
        Button removal = new Button(VaadinIcon.CLOSE_SMALL.create(), e -> {
            chosen.remove(narrowing);
            lines.remove(line);
            item(narrowing).setEnabled(true);
            changed.run();
            menu.getElement().callJsFunction("focus");
        });
        removal.addThemeVariants(ButtonVariant.TERTIARY);
        removal.setAriaLabel(t("segments.remove_narrowing"));
        line.add(removal);
        lines.add(line);
        item(narrowing).setEnabled(false);
        return line;
    }

    private MenuItem item(Narrowing narrowing) {
        MenuItem item = items.get(narrowing);
        if (item == null) {
            throw new IllegalStateException("Every narrowing has its item");
        }
        return item;
    }

    private void among(Div line, Narrowing narrowing, ChoiceOf of, @Nullable Among given) {
        Select<Boolean> which = new Select<>();
        which.setAriaLabel(t("segments.narrow." + narrowing));
        which.addClassName("rule-figure");
        which.setItems(false, true);
        which.setItemLabelGenerator(
                excluded -> t("segments.narrow." + narrowing + (excluded ? ".none_of" : ".any_of")));
        which.setValue(given != null && given.excluded());
        which.addValueChangeListener(e -> changed.run());
        MultiSelectComboBox<Choice> box = ChoiceInput.several(
                Offers.of(context.choices(), of),
                t("segments.narrow." + narrowing),
                given == null ? List.of() : given.values());
        box.addValueChangeListener(e -> changed.run());
        line.add(which, box);
        UnaryOperator<OrderFilter> narrow = narrowing == Narrowing.CATEGORY
                ? f -> f.withCategories(new Among(ChoiceInput.values(box), which.getValue()))
                : f -> f.withProducts(new Among(ChoiceInput.values(box), which.getValue()));
        chosen.put(narrowing, narrow);
    }

    private void orderValue(Div line, @Nullable Amount given) {
        Amount amount = given == null ? new Amount(Operator.AT_LEAST, List.of("")) : given;
        ComparisonInput comparison = new ComparisonInput(
                Operand.number(context, FieldType.MONEY),
                List.copyOf(Measure.OPERATORS),
                amount.operator(),
                amount.values(),
                changed);
        line.add(new Span(t("segments.order_value")), comparison);
        chosen.put(
                Narrowing.ORDER_VALUE, f -> f.withOrderValue(new Amount(comparison.operator(), comparison.values())));
    }

    private void status(Div line, OrderStatus given) {
        Select<OrderStatus> select = new Select<>();
        select.setAriaLabel(t("segments.narrow.STATUS"));
        select.addClassName("rule-figure");
        select.setItems(OrderStatus.PARTLY_REFUNDED, OrderStatus.REFUNDED, OrderStatus.CANCELLED);
        select.setItemLabelGenerator(s -> t("segments.words.status." + s));
        select.setValue(given == OrderStatus.VALID ? OrderStatus.REFUNDED : given);
        select.addValueChangeListener(e -> changed.run());
        line.add(new Span(t("segments.only_orders")), select);
        chosen.put(Narrowing.STATUS, f -> f.withStatus(select.getValue()));
    }

    private <E extends Enum<E>> MultiSelectComboBox<E> several(
            String label, E[] values, List<E> given, Function<E, String> words) {
        MultiSelectComboBox<E> box = new MultiSelectComboBox<>();
        box.setAriaLabel(t(label));
        box.setPlaceholder(t(label));
        box.addClassName("rule-choice");
        box.setItems(Arrays.asList(values));
        box.setItemLabelGenerator(words::apply);
        box.setAutoExpand(MultiSelectComboBox.AutoExpandMode.VERTICAL);
        box.select(given);
        box.addValueChangeListener(e -> changed.run());
        return box;
    }
}
