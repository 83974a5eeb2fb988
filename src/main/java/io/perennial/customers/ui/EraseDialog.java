package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.customers.Customer;
import io.perennial.customers.CustomerNotFound;
import io.perennial.customers.Erasures;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Says what erasing somebody means, and asks for their address to be typed: it cannot be undone. */
class EraseDialog extends Dialog {

    /** Tables that mean something to people, in the order of interest. */
    private static final List<String> SHOWN = List.of(
            "customer",
            "customer_order",
            "voucher",
            "message",
            "message_event",
            "message_return",
            "consent",
            "consent_change",
            "suppression",
            "customer_tag",
            "import_rejected",
            "run_link",
            "quarantined_mail");

    private final transient Erasures erasures;
    private final transient Customer customer;
    private final TextField confirmation;

    EraseDialog(Erasures erasures, Customer customer) {
        this.erasures = erasures;
        this.customer = customer;
        addClassName("erase-dialog");
        setHeaderTitle(t("customers.erase_title", customer.displayName()));
        String wanted = Erasures.confirmationOf(customer);
        confirmation = new TextField(t("customers.erase_confirm", wanted));
        confirmation.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.OFF);
        confirmation.setValueChangeMode(ValueChangeMode.EAGER);
        UnorderedList consequences = new UnorderedList(
                new ListItem(t("customers.erase_gone")),
                new ListItem(t("customers.erase_kept")),
                new ListItem(t("customers.erase_back")),
                new ListItem(t("customers.erase_files")));
        add(
                new Paragraph(t("customers.erase_lead")),
                consequences,
                found(erasures.preview(customer.id())),
                confirmation);
        Button erase = new Button(t("customers.erase_now"), e -> erase());
        erase.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        erase.setEnabled(false);
        confirmation.addValueChangeListener(
                e -> erase.setEnabled(e.getValue().strip().equalsIgnoreCase(wanted)));
        getFooter().add(new Button(t("customers.cancel"), e -> close()), erase);
    }

    private static Paragraph found(SortedMap<String, Long> rows) {
        return new Paragraph(t("customers.erase_found", counted(rows)));
    }

    /** "12 orders, 3 mails": how many of what, without what there is none of. */
    static String counted(SortedMap<String, Long> rows) {
        String words = SHOWN.stream()
                .filter(table -> rows.getOrDefault(table, 0L) > 0)
                .map(table -> t("customers.rows." + table, rows.getOrDefault(table, 0L)))
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? Formats.NONE : words;
    }

    private void erase() {
        try {
            erasures.erase(customer.id(), confirmation.getValue());
        } catch (CustomerNotFound e) {
            close();
            Toasts.error(t("customers.not_found"));
            return;
        }
        close();
        Toasts.success(t("customers.erased_now"));
        getUI().or(() -> java.util.Optional.ofNullable(com.vaadin.flow.component.UI.getCurrent()))
                .ifPresent(ui -> ui.navigate(ErasedView.class));
    }
}
