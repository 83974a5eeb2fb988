package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.ComboBox;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerListItem;
import io.perennial.customers.CustomerQuery;
import io.perennial.kernel.CustomerId;
import java.util.function.Consumer;

/** Finds one customer by name or address, a page at a time. */
class CustomerPicker extends ComboBox<CustomerListItem> {

    CustomerPicker(String label, CustomerList list, Consumer<CustomerId> picked) {
        super(label);
        addClassName("why-picker");
        setPlaceholder(t("segments.why.placeholder"));
        setItemLabelGenerator(
                c -> c.email() == null || c.email().equals(c.name()) ? c.name() : c.name() + " · " + c.email());
        setItems(q -> list.list(searched(q.getFilter().orElse("")), q.getOffset(), q.getLimit()).stream());
        addValueChangeListener(e -> {
            if (e.getValue() != null) {
                picked.accept(e.getValue().id());
            }
        });
    }

    private static CustomerQuery searched(String text) {
        return new CustomerQuery(text, null, null, null, null, null, null, CustomerQuery.Sort.LAST_ORDER, true);
    }
}
