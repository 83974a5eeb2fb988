package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.perennial.accounts.Business;
import io.perennial.customers.CustomerOrder;
import io.perennial.customers.Customers;
import io.perennial.kernel.CustomerId;
import io.perennial.uikit.Formats;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import java.util.List;
import java.util.Locale;

/** A customer's orders, the latest first; the lines of one are loaded when it is opened. */
class OrderList extends Div {

    private static final int PAGE = 10;

    private final transient Customers customers;
    private final CustomerId customer;
    private final transient Business business;
    private final Div orders = new Div();
    private final Button more = new Button(t("customers.more_orders"), e -> loadMore());
    private int shown;

    OrderList(Customers customers, CustomerId customer, Business business) {
        this.customers = customers;
        this.customer = customer;
        this.business = business;
        more.addThemeVariants(ButtonVariant.TERTIARY);
        add(orders, more);
        load();
    }

    /** Going on is at the first order that came, by keyboard too. */
    private void loadMore() {
        int before = orders.getComponentCount();
        load();
        if (orders.getComponentCount() > before) {
            orders.getComponentAt(before)
                    .getElement()
                    .executeJs("this.querySelector('vaadin-details-summary')?.focus()");
        }
    }

    private void load() {
        List<CustomerOrder> page = customers.orders(customer, shown, PAGE + 1);
        page.stream().limit(PAGE).forEach(order -> orders.add(row(order)));
        shown += PAGE;
        more.setVisible(page.size() > PAGE);
        if (page.isEmpty() && orders.getChildren().findAny().isEmpty()) {
            orders.add(new Paragraph(t("customers.no_orders")));
        }
    }

    private Details row(CustomerOrder order) {
        Span date =
                new Span(Formats.date(order.orderedAt().atZone(business.zone()).toLocalDate()));
        Span value = new Span(Formats.money(order.value(), business.currency()));
        value.addClassName("order-value");
        Div summary = new Div(date);
        summary.addClassName("order-summary");
        if (order.hasNumber()) {
            Span number = new Span(t("customers.order_number", order.externalId()));
            number.addClassName("order-number");
            summary.add(number);
        }
        if (!order.isValid()) {
            String key = order.status().equals("PAID") ? "free" : order.status().toLowerCase(Locale.ROOT);
            summary.add(new StatusBadge(t("customers.order_status." + key), Tone.NEUTRAL));
        }
        summary.add(value);
        Details details = new Details(summary);
        details.addClassName("order");
        details.addOpenedChangeListener(e -> {
            if (e.isOpened() && details.getContent().findAny().isEmpty()) {
                details.add(lines(order));
            }
        });
        return details;
    }

    private Div lines(CustomerOrder order) {
        Div box = new Div();
        box.addClassName("order-lines");
        List<CustomerOrder.Line> lines = customers.lines(order.id());
        if (lines.isEmpty()) {
            box.add(new Paragraph(t("customers.no_lines")));
        }
        for (CustomerOrder.Line line : lines) {
            String what = line.product().isEmpty() ? t("customers.some_product") : line.product();
            Span name = new Span(line.category() == null ? what : t("customers.line_in", what, line.category()));
            Span quantity = new Span(
                    t("customers.times", Formats.decimal(line.quantity().stripTrailingZeros(), 0)));
            Span value = new Span(Formats.money(line.value(), business.currency()));
            value.addClassName("order-value");
            Div row = new Div(name, quantity, value);
            row.addClassName("order-line");
            box.add(row);
        }
        if (order.refunded().signum() > 0) {
            box.add(new Paragraph(t("customers.refunded", Formats.money(order.refunded(), business.currency()))));
        }
        return box;
    }
}
