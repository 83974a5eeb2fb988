package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.ComboBox;
import io.perennial.customers.CustomerLists;
import java.util.Optional;

/** Chooses a list, one that is there or a new one by its name, and says what is wrong with the choice. */
class ListChoice extends ComboBox<CustomerLists.Named> {

    private static final int LONGEST_NAME = 120;

    private final transient CustomerLists lists;

    /** @param orNew whether the name of a new one may be typed */
    ListChoice(CustomerLists lists, boolean orNew) {
        super(t("bulk.list"), lists.named());
        this.lists = lists;
        setItemLabelGenerator(CustomerLists.Named::name);
        if (orNew) {
            setHelperText(t("bulk.new_list"));
            setAllowCustomValue(true);
            addCustomValueSetListener(e -> suggest(e.getDetail().strip()));
        }
        addValueChangeListener(e -> setInvalid(false));
    }

    /** The name of a list that is made if it stays. */
    void suggest(String name) {
        setValue(new CustomerLists.Named(0, name));
    }

    /** The list, made now where it is a new one; nothing where none can be chosen so, which the field then says. */
    Optional<CustomerLists.Named> chosen() {
        CustomerLists.Named chosen = getValue();
        if (chosen == null || chosen.name().isBlank()) {
            return refuse(t("bulk.choose_list"));
        }
        if (chosen.name().length() > LONGEST_NAME) {
            return refuse(t("bulk.long_list_name", LONGEST_NAME));
        }
        return Optional.of(chosen.id() == 0 ? lists.make(chosen.name()) : chosen);
    }

    private Optional<CustomerLists.Named> refuse(String why) {
        setErrorMessage(why);
        setInvalid(true);
        focus();
        return Optional.empty();
    }
}
