package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.StepUp;
import io.perennial.customers.Customer;
import io.perennial.customers.Erasures;
import io.perennial.customers.PersonExport;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What a person may ask for: a copy of all that is kept about them, and that it is erased. */
class PrivacyPanel extends Div {

    PrivacyPanel(PersonExport export, Erasures erasures, Customer customer, StepUp proof) {
        addClassName("privacy-panel");
        if (CurrentStaff.may(Permission.CUSTOMER_EXPORT)) {
            Button copy = new Button(t("customers.export_copy"), e -> proof.then(() -> offer(export, customer)));
            add(copy);
        }
        if (CurrentStaff.may(Permission.CUSTOMER_ERASE)) {
            Button erase = new Button(t("customers.erase"), e -> new EraseDialog(erasures, customer).open());
            erase.addThemeVariants(ButtonVariant.ERROR, ButtonVariant.TERTIARY);
            add(erase, new Anchor("customers/erased", t("customers.erased_link")));
        }
    }

    /** Whether this person may do anything here. */
    static boolean isOfUse() {
        return CurrentStaff.may(Permission.CUSTOMER_EXPORT) || CurrentStaff.may(Permission.CUSTOMER_ERASE);
    }

    /** Links, since only a link downloads. */
    private static void offer(PersonExport export, Customer customer) {
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(t("customers.export_copy"));
        Div links = new Div(
                download(
                        t("customers.export_page"),
                        "customer-" + customer.id() + ".html",
                        "text/html",
                        () -> export.page(customer.id())),
                download(
                        t("customers.export_json"),
                        "customer-" + customer.id() + ".json",
                        "application/json",
                        () -> export.json(customer.id())));
        links.addClassName("privacy-panel");
        dialog.add(links);
        dialog.getFooter().add(new Button(t("customers.cancel"), e -> dialog.close()));
        dialog.open();
    }

    private static Anchor download(String words, String file, String type, Supplier<String> content) {
        Anchor link = new Anchor(
                DownloadHandler.fromInputStream(event -> {
                    byte[] bytes = content.get().getBytes(StandardCharsets.UTF_8);
                    return new DownloadResponse(
                            new ByteArrayInputStream(bytes), file, type + ";charset=UTF-8", bytes.length);
                }),
                words);
        link.setDownload(true);
        return link;
    }
}
