package io.perennial.customers.ui;

import com.vaadin.flow.component.grid.Grid;
import io.perennial.customers.CustomerListItem;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Attributes as columns of a list; their values are read with each page, for its customers only. */
class AttributeColumns {

    private static final int KEPT = 1_000;

    private final Grid<CustomerListItem> grid;
    private final CustomerAttributes attributes;
    private final List<Grid.Column<CustomerListItem>> columns = new ArrayList<>();
    private final Map<CustomerAttribute, Map<Long, AttributeValue>> values = new HashMap<>();
    private List<CustomerAttribute> shown = List.of();
    private boolean visible = true;

    AttributeColumns(Grid<CustomerListItem> grid, CustomerAttributes attributes) {
        this.grid = grid;
        this.attributes = attributes;
    }

    void show(List<CustomerAttribute> wanted) {
        columns.forEach(grid::removeColumn);
        columns.clear();
        values.clear();
        shown = List.copyOf(wanted);
        for (CustomerAttribute attribute : shown) {
            columns.add(grid.addColumn(customer -> word(attribute, customer))
                    .setHeader(attribute.name())
                    .setWidth("160px")
                    .setFlexGrow(1)
                    .setTooltipGenerator(customer -> word(attribute, customer)));
        }
        setVisible(visible);
        grid.getDataProvider().refreshAll();
    }

    /** There is no room for them beside the name on a phone. */
    void setVisible(boolean room) {
        visible = room;
        columns.forEach(column -> column.setVisible(room));
    }

    List<CustomerAttribute> shown() {
        return shown;
    }

    void load(List<CustomerListItem> page) {
        List<Long> ids = page.stream().map(customer -> customer.id().value()).toList();
        for (CustomerAttribute attribute : shown) {
            Map<Long, AttributeValue> known = values.computeIfAbsent(attribute, one -> new HashMap<>());
            if (known.size() > KEPT) {
                known.clear();
            }
            ids.forEach(known::remove);
            known.putAll(attributes.of(attribute, ids));
        }
    }

    private String word(CustomerAttribute attribute, CustomerListItem customer) {
        AttributeValue value =
                values.getOrDefault(attribute, Map.of()).get(customer.id().value());
        return value == null ? "" : AttributeWords.of(attribute, value);
    }
}
