package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.kernel.CustomerId;
import java.util.List;
import java.util.Map;

/** What the business itself keeps about this customer. */
class AttributesPanel extends Div {

    AttributesPanel(CustomerAttributes attributes, CustomerId customer) {
        addClassName("attributes-panel");
        show(attributes, customer, false);
    }

    private void show(CustomerAttributes attributes, CustomerId customer, boolean again) {
        removeAll();
        List<CustomerAttribute> defined = attributes.list();
        if (defined.isEmpty()) {
            add(new Paragraph(t("attributes.none_defined")));
            if (CurrentStaff.may(Permission.SETTINGS_WRITE)) {
                add(new Anchor(AttributesView.PATH, t("attributes.define_first")));
            }
            return;
        }
        Map<CustomerAttribute, AttributeValue> values = attributes.of(customer);
        if (values.isEmpty()) {
            add(new Paragraph(t("attributes.none_known")));
        } else {
            DescriptionList list = new DescriptionList();
            list.addClassName("details-list");
            values.forEach((attribute, value) -> list.add(
                    new DescriptionList.Term(attribute.name()),
                    new DescriptionList.Description(AttributeWords.of(attribute, value))));
            add(list);
        }
        if (CurrentStaff.may(Permission.CUSTOMER_WRITE)) {
            Button edit = new Button(
                    t("attributes.edit_values"),
                    e -> new AttributeValuesDialog(
                                    attributes, customer, defined, values, () -> show(attributes, customer, true))
                            .open());
            edit.addThemeVariants(ButtonVariant.TERTIARY);
            add(edit);
            if (again) {
                edit.focus();
            }
        }
    }
}
