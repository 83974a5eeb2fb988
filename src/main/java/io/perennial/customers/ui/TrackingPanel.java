package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.Evidence;
import io.perennial.customers.TrackingChoice;
import io.perennial.customers.TrackingChoices;
import io.perennial.kernel.CustomerId;
import io.perennial.uikit.Formats;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.Tone;
import java.time.ZoneId;
import java.util.Optional;

/** Whether the customer lets us see opens and clicks, since when and from where; staff note what they were told. */
class TrackingPanel extends Div {

    TrackingPanel(TrackingChoices choices, CustomerId customer, ZoneId zone, Runnable changed) {
        addClassName("consent-panel");
        Optional<TrackingChoice> choice = choices.find(customer);
        boolean allowed = choice.map(TrackingChoice::allowed).orElse(true);
        Div row = new Div(
                new Span(t("customers.tracking.what")),
                allowed
                        ? new StatusBadge(t("customers.tracking.allowed"), Tone.NEUTRAL)
                        : new StatusBadge(t("customers.tracking.declined"), Tone.ATTENTION));
        row.addClassName("consent-topic");
        add(row);
        choice.ifPresent(made -> {
            Div when = new Div(t("customers.consent_since", Formats.dateTime(made.at(), zone), made.source()));
            when.addClassName("consent-evidence");
            add(when);
        });
        if (CurrentStaff.may(Permission.CUSTOMER_WRITE)) {
            Button change = new Button(t(allowed ? "customers.tracking.stop" : "customers.tracking.allow"), e -> {
                choices.change(customer, !allowed, Evidence.of(CustomerView.staff()));
                Toasts.success(t(allowed ? "customers.tracking.stopped" : "customers.tracking.allowed_again"));
                changed.run();
            });
            change.addThemeVariants(ButtonVariant.TERTIARY);
            add(change);
        }
    }
}
