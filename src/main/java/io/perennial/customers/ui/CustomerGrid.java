package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.component.grid.GridSortOrderBuilder;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.router.RouterLink;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerListItem;
import io.perennial.customers.CustomerQuery;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.ListPlace;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import io.perennial.uikit.WindowWidth;
import java.util.Currency;
import java.util.List;
import java.util.function.BiConsumer;

/** The customers of a query, loaded page by page as they come into sight. */
class CustomerGrid extends FittedGrid<CustomerListItem> {

    /** Widths of the window below which columns give way, so that names are never cut for the sake of the rest. */
    private static final int NARROW = 900;

    private static final int WITHOUT_EMAIL = 1_040;
    private static final int WITHOUT_CITY = 1_200;

    private final Column<CustomerListItem> name;
    private final Column<CustomerListItem> email;
    private final Column<CustomerListItem> city;
    private final Column<CustomerListItem> state;
    private final Column<CustomerListItem> orders;
    private final Column<CustomerListItem> value;
    private final Column<CustomerListItem> lastOrder;
    private final transient AttributeColumns own;
    private transient CustomerQuery query = CustomerQuery.ALL;

    CustomerGrid(
            CustomerList list,
            CustomerAttributes attributes,
            Currency currency,
            BiConsumer<CustomerQuery.Sort, Boolean> sorted) {
        own = new AttributeColumns(this, attributes);
        addClassName("customer-grid");
        addThemeVariants(GridVariant.NO_BORDER);
        setSelectionMode(BulkBar.isOfUse() ? SelectionMode.MULTI : SelectionMode.NONE);
        name = addComponentColumn(this::name)
                .setHeader(t("customers.name"))
                .setWidth("140px")
                .setFlexGrow(1)
                .setSortProperty("NAME");
        email = addColumn(CustomerListItem::email)
                .setHeader(t("customers.email"))
                .setWidth("252px")
                .setFlexGrow(1);
        city = addColumn(CustomerListItem::city).setHeader(t("customers.city")).setWidth("136px");
        state = narrow(addComponentColumn(CustomerGrid::state).setHeader(t("customers.mail")), "120px");
        orders = narrow(addColumn(c -> Formats.number(c.orders())).setHeader(t("customers.orders")), "88px")
                .setTextAlign(ColumnTextAlign.END);
        value = narrow(addColumn(c -> Formats.money(c.value(), currency)).setHeader(t("customers.value")), "136px")
                .setTextAlign(ColumnTextAlign.END)
                .setSortProperty("VALUE");
        lastOrder = narrow(
                        addColumn(c -> Formats.relative(c.lastOrderAt())).setHeader(t("customers.last_order")), "132px")
                .setTextAlign(ColumnTextAlign.END)
                .setSortProperty("LAST_ORDER");
        WindowWidth.follow(this, this::arrange);
        ListPlace.keep(this);
        addItemClickListener(e -> getUI().ifPresent(ui -> ui.navigate(
                CustomerView.class, CustomerView.parameters(e.getItem().id()))));
        addSortListener(e -> {
            if (e.isFromClient() && !e.getSortOrder().isEmpty()) {
                GridSortOrder<CustomerListItem> order = e.getSortOrder().getFirst();
                sorted.accept(sortOf(order.getSorted()), order.getDirection() == SortDirection.DESCENDING);
            }
        });
        setItemsPageable(page -> {
            CustomerQuery wanted = page.getSort().stream()
                    .findFirst()
                    .map(o -> query.sortedBy(CustomerQuery.Sort.valueOf(o.getProperty()), o.isDescending()))
                    .orElse(query);
            List<CustomerListItem> items = list.list(wanted, page.getOffset(), page.getPageSize());
            own.load(items);
            return items;
        });
    }

    /** Shows these attributes as columns behind the others. */
    void showColumns(List<CustomerAttribute> attributes) {
        own.show(attributes);
    }

    List<CustomerAttribute> columnsShown() {
        return own.shown();
    }

    void show(CustomerQuery wanted) {
        deselectAll();
        query = wanted;
        GridSortOrderBuilder<CustomerListItem> order = new GridSortOrderBuilder<>();
        Column<CustomerListItem> column = switch (wanted.sort()) {
            case NAME -> name;
            case VALUE -> value;
            case LAST_ORDER -> lastOrder;
        };
        List<GridSortOrder<CustomerListItem>> orders2 = wanted.descending()
                ? order.thenDesc(column).build()
                : order.thenAsc(column).build();
        if (!getSortOrder().equals(orders2)) {
            sort(orders2);
        }
        getDataProvider().refreshAll();
    }

    /** On a phone, and at twice the size, the name's cell tells the rest. */
    private void arrange(int width) {
        boolean narrow = width < NARROW;
        email.setVisible(width >= WITHOUT_EMAIL);
        List.of(city, state).forEach(c -> c.setVisible(width >= WITHOUT_CITY));
        List.of(orders, lastOrder).forEach(c -> c.setVisible(!narrow));
        own.setVisible(!narrow);
        setClassName("narrow", narrow);
    }

    private static Column<CustomerListItem> narrow(Column<CustomerListItem> column, String width) {
        return column.setWidth(width).setFlexGrow(0);
    }

    private CustomerQuery.Sort sortOf(Column<CustomerListItem> column) {
        return column == name
                ? CustomerQuery.Sort.NAME
                : column == value ? CustomerQuery.Sort.VALUE : CustomerQuery.Sort.LAST_ORDER;
    }

    private Component name(CustomerListItem customer) {
        RouterLink link = new RouterLink(customer.name(), CustomerView.class, CustomerView.parameters(customer.id()));
        Span more = new Span(t("customers.row_more", customer.orders(), Formats.relative(customer.lastOrderAt()))
                + (customer.suppressed() ? " · " + t("customers.suppressed") : ""));
        more.addClassName("customer-more");
        Div cell = new Div(link, more);
        cell.addClassName("customer-cell");
        return cell;
    }

    private static Component state(CustomerListItem customer) {
        if (customer.email() == null) {
            return new StatusBadge(t("customers.no_email"), Tone.NEUTRAL);
        }
        return customer.suppressed() ? new StatusBadge(t("customers.suppressed"), Tone.ATTENTION) : new Span();
    }
}
