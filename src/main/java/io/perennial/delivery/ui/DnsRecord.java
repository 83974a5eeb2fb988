package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.perennial.uikit.CopyButton;

/** A TXT record to put into the DNS, each part to copy. */
class DnsRecord extends Div {

    DnsRecord(String name, String value) {
        addClassName("dns-record");
        add(line(t("delivery.sending.record_type"), "TXT", false));
        add(line(t("delivery.sending.record_name"), name, true));
        add(line(t("delivery.sending.record_value"), value, true));
    }

    /** The value in strings of 255 characters as well, folded away: few providers want it so. */
    DnsRecord withStrings(String strings) {
        Details details = new Details(
                t("delivery.sending.record_strings"), line(t("delivery.sending.record_value"), strings, true));
        details.addClassName("dns-strings");
        add(details);
        return this;
    }

    private static Div line(String label, String text, boolean copied) {
        Span name = new Span(label);
        name.addClassName("dns-label");
        Code code = new Code(text);
        Div line = new Div(name, code);
        line.addClassName("dns-line");
        if (copied) {
            CopyButton copy = new CopyButton(VaadinIcon.COPY_O.create(), t("delivery.sending.copy", label), text);
            copy.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            line.add(copy);
        }
        return line;
    }
}
