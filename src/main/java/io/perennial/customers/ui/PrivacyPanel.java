package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.StepUp;
import io.perennial.customers.Customer;
import io.perennial.customers.Erasures;
import io.perennial.customers.PersonExport;
import io.perennial.uikit.DownloadButton;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What a person may ask for: a copy of all that is kept about them, and that it is erased. */
class PrivacyPanel extends Div {

    PrivacyPanel(PersonExport export, Erasures erasures, Customer customer, StepUp proof) {
        addClassName("privacy-panel");
        if (CurrentStaff.may(Permission.CUSTOMER_EXPORT)) {
            Button copy = new Button(t("customers.export_copy"), e -> proof.then(() -> offer(export, customer, proof)));
            add(copy);
        }
        if (CurrentStaff.may(Permission.CUSTOMER_ERASE)) {
            Button erase =
                    new Button(t("customers.erase"), e -> proof.then(() -> new EraseDialog(erasures, customer).open()));
            erase.addThemeVariants(ButtonVariant.ERROR, ButtonVariant.TERTIARY);
            add(erase, new Anchor("customers/erased", t("customers.erased_link")));
        }
    }

    /** Whether this person may do anything here. */
    static boolean isOfUse() {
        return CurrentStaff.may(Permission.CUSTOMER_EXPORT) || CurrentStaff.may(Permission.CUSTOMER_ERASE);
    }

    private static void offer(PersonExport export, Customer customer, StepUp proof) {
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(t("customers.export_copy"));
        Paragraph about = new Paragraph(t("customers.export_about"));
        Div links = new Div(
                about,
                download(
                        proof,
                        t("customers.export_page"),
                        "customer-" + customer.id() + ".html",
                        "text/html",
                        () -> export.page(customer.id())),
                download(
                        proof,
                        t("customers.export_json"),
                        "customer-" + customer.id() + ".json",
                        "application/json",
                        () -> export.json(customer.id())));
        links.addClassNames("privacy-panel", "erase-dialog");
        dialog.add(links);
        dialog.getFooter().add(new Button(t("customers.cancel"), e -> dialog.close()));
        dialog.open();
    }

    private static DownloadButton download(
            StepUp proof, String words, String file, String type, Supplier<String> content) {
        return proof.download(words, event -> {
            byte[] bytes = content.get().getBytes(StandardCharsets.UTF_8);
            event.setFileName(file);
            event.setContentType(type + ";charset=UTF-8");
            event.setContentLength(bytes.length);
            event.getOutputStream().write(bytes);
        });
    }
}
