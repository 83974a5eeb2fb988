package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.AskRefused;
import io.perennial.customers.ConsentRequest;
import io.perennial.customers.ConsentState;
import io.perennial.customers.ConsentStatus;
import io.perennial.customers.Customer;
import io.perennial.customers.CustomerChoices;
import io.perennial.customers.StaffConsentRequests;
import io.perennial.kernel.EmailAddress;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** A pause the customer took, a request that waits for their confirmation, and asking them for consent by mail. */
class AskPanel extends Div {

    AskPanel(
            StaffConsentRequests requests,
            CustomerChoices choices,
            Customer customer,
            List<ConsentState> states,
            ZoneId zone,
            Runnable changed) {
        addClassName("consent-panel");
        choices.pauseOf(customer.id()).ifPresent(until -> note(t("privacy.ask.paused", Formats.dateTime(until, zone))));
        Optional<EmailAddress> address = Optional.ofNullable(customer.email()).flatMap(EmailAddress::parse);
        Optional<ConsentRequest> open = address.flatMap(requests::of).filter(request -> request.confirmedAt() == null);
        open.ifPresent(request -> note(t(
                "privacy.ask.waiting",
                request.source(),
                Formats.dateTime(request.askedAt(), zone),
                Formats.dateTime(request.expiresAt(), zone))));
        boolean asked = states.stream().anyMatch(state -> state.status() == ConsentStatus.WITHDRAWN)
                || states.stream().noneMatch(state -> state.status() == null);
        if (address.isPresent() && !asked && CurrentStaff.may(Permission.CUSTOMER_WRITE)) {
            Button ask = new Button(t("privacy.ask.button"), e -> {
                try {
                    requests.ask(customer.id());
                    Toasts.success(t("privacy.ask.done", address.get().value()));
                    changed.run();
                } catch (AskRefused refused) {
                    Toasts.error(String.valueOf(refused.getMessage()));
                }
            });
            ask.addThemeVariants(ButtonVariant.TERTIARY);
            add(ask);
        }
    }

    private void note(String text) {
        Div note = new Div(text);
        note.addClassName("consent-evidence");
        add(note);
    }
}
