package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.ConsentService;
import io.perennial.customers.ConsentState;
import io.perennial.customers.ConsentStatus;
import io.perennial.customers.Evidence;
import io.perennial.kernel.CustomerId;
import io.perennial.uikit.Formats;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.Tone;
import java.time.ZoneId;
import java.util.List;

/** How the customer stands to each topic, since when and from where; staff record what they were told. */
class ConsentPanel extends Div {

    ConsentPanel(
            ConsentService consents, CustomerId customer, List<ConsentState> states, ZoneId zone, Runnable changed) {
        addClassName("consent-panel");
        for (ConsentState state : states) {
            Div row = new Div(new Span(state.topic().name()), badge(state));
            row.addClassName("consent-topic");
            add(row);
            if (state.at() != null) {
                Div when = new Div(t(
                        "customers.consent_since",
                        Formats.dateTime(state.at(), zone),
                        state.source() == null ? Formats.NONE : state.source()));
                when.addClassName("consent-evidence");
                add(when);
            }
            if (state.wording() != null) {
                Div wording = new Div(t("customers.consent_wording", state.wording()));
                wording.addClassName("consent-evidence");
                add(wording);
            }
            if (CurrentStaff.may(Permission.CUSTOMER_WRITE)) {
                add(change(consents, customer, state, changed));
            }
        }
    }

    private static Button change(ConsentService consents, CustomerId customer, ConsentState state, Runnable changed) {
        boolean granted = state.status() == ConsentStatus.GRANTED;
        Button button = new Button(t(granted ? "customers.record_withdrawal" : "customers.record_consent"), e -> {
            Evidence evidence = Evidence.of(CustomerView.staff());
            if (granted) {
                consents.withdraw(customer, state.topic().code(), evidence);
            } else {
                consents.grant(customer, state.topic().code(), evidence);
            }
            Toasts.success(t("customers.consent_recorded"));
            changed.run();
        });
        button.addThemeVariants(ButtonVariant.TERTIARY);
        button.setAriaLabel(t(
                granted ? "customers.record_withdrawal_of" : "customers.record_consent_of",
                state.topic().name()));
        return button;
    }

    private static StatusBadge badge(ConsentState state) {
        if (state.status() == null) {
            return new StatusBadge(t("customers.consent.never_asked"), Tone.NEUTRAL);
        }
        return state.status() == ConsentStatus.GRANTED
                ? new StatusBadge(t("customers.consent.granted"), Tone.GOOD)
                : new StatusBadge(t("customers.consent.withdrawn"), Tone.ATTENTION);
    }
}
