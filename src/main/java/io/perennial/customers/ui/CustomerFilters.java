package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerQuery;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Search and filters above the list of customers. */
class CustomerFilters extends Div {

    private final TextField text = new TextField();
    private final Select<Boolean> ordered = choice("customers.filter.ordered");
    private final Select<Boolean> mailable = choice("customers.filter.mailable");
    private final Select<String> last = new Select<>();
    private final ComboBox<String> city = new ComboBox<>();
    private final ComboBox<String> tag = new ComboBox<>();
    private boolean quiet;

    CustomerFilters(CustomerList list, Consumer<CustomerQuery> changed) {
        addClassName("customer-filters");
        text.setPlaceholder(t("customers.search"));
        text.setAriaLabel(t("customers.search"));
        text.setPrefixComponent(VaadinIcon.SEARCH.create());
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.addClassName("customer-search");
        last.setItems("w30", "w90", "w365", "s90", "s180", "s365");
        last.setItemLabelGenerator(v -> v == null
                ? t("customers.filter.last")
                : t(
                        v.startsWith("w") ? "customers.filter.within" : "customers.filter.silent",
                        Integer.valueOf(v.substring(1))));
        last.setEmptySelectionAllowed(true);
        last.setEmptySelectionCaption(t("customers.filter.last"));
        last.setPlaceholder(t("customers.filter.last"));
        last.setAriaLabel(t("customers.filter.last"));
        city.setPlaceholder(t("customers.filter.city"));
        city.setAriaLabel(t("customers.filter.city"));
        city.setItems(q -> list.cities(q.getFilter().orElse("")).stream()
                .skip(q.getOffset())
                .limit(q.getLimit()));
        city.setClearButtonVisible(true);
        tag.setPlaceholder(t("customers.filter.tag"));
        tag.setAriaLabel(t("customers.filter.tag"));
        tag.setItems(list.tags());
        tag.setClearButtonVisible(true);
        Div choices = new Div(ordered, mailable, last, city, tag);
        choices.addClassName("customer-choices");
        add(text, choices);
        text.addValueChangeListener(e -> tell(changed));
        ordered.addValueChangeListener(e -> tell(changed));
        mailable.addValueChangeListener(e -> tell(changed));
        last.addValueChangeListener(e -> tell(changed));
        city.addValueChangeListener(e -> tell(changed));
        tag.addValueChangeListener(e -> tell(changed));
    }

    void show(CustomerQuery query) {
        quiet = true;
        text.setValue(query.text() == null ? "" : query.text());
        ordered.setValue(query.hasOrdered());
        mailable.setValue(query.mailable());
        last.setValue(lastOf(query));
        city.setValue(query.city());
        tag.setValue(query.tag());
        quiet = false;
    }

    private static @Nullable String lastOf(CustomerQuery query) {
        if (query.orderedWithinDays() != null) {
            return "w" + query.orderedWithinDays();
        }
        return query.silentForDays() == null ? null : "s" + query.silentForDays();
    }

    private void tell(Consumer<CustomerQuery> changed) {
        if (quiet) {
            return;
        }
        String since = last.getValue();
        Integer days = since == null ? null : Integer.valueOf(since.substring(1));
        changed.accept(new CustomerQuery(
                text.getValue().isBlank() ? null : text.getValue().strip(),
                ordered.getValue(),
                mailable.getValue(),
                city.getValue(),
                tag.getValue(),
                since != null && since.startsWith("w") ? days : null,
                since != null && since.startsWith("s") ? days : null,
                CustomerQuery.Sort.LAST_ORDER,
                true));
    }

    private static Select<Boolean> choice(String key) {
        Select<Boolean> choice = new Select<>();
        choice.setItems(true, false);
        choice.setItemLabelGenerator(v -> t(v == null ? key : v ? key + ".yes" : key + ".no"));
        choice.setEmptySelectionAllowed(true);
        choice.setEmptySelectionCaption(t(key));
        choice.setPlaceholder(t(key));
        choice.setAriaLabel(t(key));
        return choice;
    }
}
