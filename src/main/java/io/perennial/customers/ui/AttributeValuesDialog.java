package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.formlayout.FormLayout;
import io.perennial.customers.CustomerNotFound;
import io.perennial.customers.attributes.AttributeId;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.customers.attributes.InvalidAttributeValue;
import io.perennial.kernel.CustomerId;
import io.perennial.uikit.Toasts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Changes what is kept about one customer; writes only what was changed, so two people do not undo each other. */
class AttributeValuesDialog extends Dialog {

    private final transient CustomerAttributes attributes;
    private final transient CustomerId customer;
    private final transient List<AttributeInput> inputs;
    private final transient Map<CustomerAttribute, AttributeValue> before;
    private final transient Runnable saved;

    AttributeValuesDialog(
            CustomerAttributes attributes,
            CustomerId customer,
            List<CustomerAttribute> defined,
            Map<CustomerAttribute, AttributeValue> values,
            Runnable saved) {
        this.attributes = attributes;
        this.customer = customer;
        this.before = values;
        this.saved = saved;
        inputs = defined.stream()
                .map(attribute -> AttributeInput.of(attribute, values.get(attribute)))
                .toList();
        setHeaderTitle(t("attributes.edit_values_title"));
        setWidth("min(720px, 100%)");
        FormLayout form = new FormLayout();
        inputs.forEach(input -> form.add(input.field()));
        add(form);
        Button save = new Button(t("customers.save"), e -> save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(t("customers.cancel"), e -> close()), save);
        addOpenedChangeListener(e -> {
            if (e.isOpened() && inputs.getFirst().field() instanceof Focusable<?> first) {
                first.focus();
            }
        });
    }

    private void save() {
        Map<AttributeId, Optional<AttributeValue>> changed = new HashMap<>();
        AttributeInput wrong = null;
        for (AttributeInput input : inputs) {
            try {
                AttributeValue value = input.read();
                if (input.isUnreadable()) {
                    wrong = wrong == null ? input : wrong;
                } else if (!Objects.equals(value, before.get(input.attribute()))) {
                    changed.put(input.attribute().id(), Optional.ofNullable(value));
                }
            } catch (InvalidAttributeValue e) {
                wrong = wrong == null ? input : wrong;
            }
        }
        if (wrong != null) {
            if (wrong.field() instanceof Focusable<?> field) {
                field.focus();
            }
            return;
        }
        try {
            attributes.setAll(customer, changed);
        } catch (CustomerNotFound e) {
            Toasts.error(t("customers.not_found"));
            close();
            return;
        }
        close();
        Toasts.success(t("customers.saved"));
        saved.run();
    }
}
