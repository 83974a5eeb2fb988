package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerNotFound;
import io.perennial.customers.CustomerTags;
import io.perennial.customers.TagRefused;
import io.perennial.kernel.CustomerId;
import io.perennial.uikit.Toasts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A customer's tags, each saved as it is put on or taken off: those in use are offered, new ones are typed. */
class CustomerTagField extends MultiSelectComboBox<String> {

    private final transient CustomerTags tags;
    private final transient CustomerId customer;
    private final transient List<String> inUse;
    private Set<String> has = Set.of();

    CustomerTagField(CustomerTags tags, CustomerList list, CustomerId customer) {
        super(t("customers.tags"));
        this.tags = tags;
        this.customer = customer;
        inUse = list.tags();
        setAllowCustomValue(true);
        setReadOnly(!CurrentStaff.may(Permission.CUSTOMER_WRITE));
        setAutoExpand(AutoExpandMode.VERTICAL);
        addClassName("customer-tags");
        show();
        addCustomValueSetListener(e -> change(Set.of(e.getDetail().strip()), Set.of()));
        addValueChangeListener(e -> {
            if (e.isFromClient()) {
                change(without(e.getValue(), has), without(has, e.getValue()));
            }
        });
    }

    private void change(Set<String> added, Set<String> removed) {
        setInvalid(false);
        try {
            added.forEach(tag -> tags.add(customer, tag));
            removed.forEach(tag -> tags.remove(customer, tag));
            Toasts.success(t("customers.tags_saved"));
        } catch (TagRefused e) {
            setErrorMessage(String.valueOf(e.getMessage()));
            setInvalid(true);
        } catch (CustomerNotFound e) {
            Toasts.error(t("customers.gone_meanwhile"));
        }
        show();
    }

    /** As they are now: somebody else may have changed them, or one is there in other letters. */
    private void show() {
        has = new LinkedHashSet<>(tags.of(customer));
        setItems(Stream.concat(has.stream(), inUse.stream()).distinct().toList());
        setValue(has);
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new LinkedHashSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
