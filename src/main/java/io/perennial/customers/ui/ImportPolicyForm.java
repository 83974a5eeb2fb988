package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportPolicy;
import io.perennial.customers.ImportPolicy.Blanks;
import io.perennial.customers.ImportPolicy.Identity;
import io.perennial.customers.ImportPolicy.KnownOrders;
import io.perennial.customers.ImportPolicy.UnknownChoices;
import io.perennial.customers.ImportPolicy.Upsert;
import java.util.Locale;

/** What the file may change of those who are known already: chosen for customers, said for everything else. */
class ImportPolicyForm extends Div {

    private final RadioButtonGroup<Upsert> upsert = group("upsert", Upsert.values());
    private final RadioButtonGroup<Blanks> blanks = group("blanks", Blanks.values());
    private final RadioButtonGroup<Identity> identity = group("identity", Identity.values());
    private final RadioButtonGroup<UnknownChoices> unknownChoices = group("unknown_choices", UnknownChoices.values());
    private final RadioButtonGroup<KnownOrders> knownOrders = group("known_orders", KnownOrders.values());
    private final Paragraph fixed = new Paragraph();

    ImportPolicyForm(Runnable changed) {
        addClassName("import-policy");
        add(upsert, blanks, identity, unknownChoices, knownOrders, fixed);
        show(ImportPolicy.STANDARD);
        upsert.addValueChangeListener(e -> changed.run());
        blanks.addValueChangeListener(e -> changed.run());
        identity.addValueChangeListener(e -> changed.run());
        unknownChoices.addValueChangeListener(e -> changed.run());
        knownOrders.addValueChangeListener(e -> changed.run());
    }

    /** @param choices whether the file has columns of attributes with choices */
    void show(ImportKind kind, boolean choices) {
        boolean chosen = kind == ImportKind.CUSTOMERS;
        upsert.setVisible(chosen);
        blanks.setVisible(chosen);
        identity.setVisible(chosen);
        unknownChoices.setVisible(chosen && choices);
        unknownChoices.setReadOnly(!CurrentStaff.may(Permission.SETTINGS_WRITE));
        knownOrders.setVisible(kind == ImportKind.ORDERS);
        fixed.setText(t("customers.import.policy." + kind.name().toLowerCase(Locale.ROOT)));
    }

    void show(ImportPolicy policy) {
        upsert.setValue(policy.upsert());
        blanks.setValue(policy.blanks());
        identity.setValue(policy.identity());
        unknownChoices.setValue(
                CurrentStaff.may(Permission.SETTINGS_WRITE) ? policy.unknownChoices() : UnknownChoices.REJECT);
        knownOrders.setValue(policy.knownOrders());
    }

    ImportPolicy policy() {
        return new ImportPolicy(
                blanks.getValue(),
                upsert.getValue(),
                identity.getValue(),
                unknownChoices.getValue(),
                knownOrders.getValue());
    }

    private static <E extends Enum<E>> RadioButtonGroup<E> group(String name, E[] values) {
        RadioButtonGroup<E> group = new RadioButtonGroup<>();
        group.setLabel(t("customers.import." + name));
        group.setItems(values);
        group.setItemLabelGenerator(
                v -> t("customers.import." + name + "." + v.name().toLowerCase(Locale.ROOT)));
        return group;
    }
}
