package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.shared.Registration;
import io.perennial.accounts.Business;
import io.perennial.insights.AtRisk;
import io.perennial.insights.metrics.RiskBand;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Reader;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Customers at risk with their rhythm; a row opens the profile. On a phone each is one card. */
class AtRiskGrid extends FittedGrid<AtRisk.Customer> {

    private static final int NARROW = 700;

    private final Business business;
    private final Column<AtRisk.Customer> card;
    private @Nullable Registration resizing;

    AtRiskGrid(Business business, boolean forecasts) {
        this.business = business;
        addClassName("at-risk-grid");
        addComponentColumn(this::person)
                .setHeader(t("insights.at_risk.customer"))
                .setFlexGrow(2)
                .setAutoWidth(false);
        addComponentColumn(this::rhythm).setHeader(t("insights.at_risk.rhythm")).setFlexGrow(2);
        if (forecasts) {
            addComponentColumn(c -> risk(c.churnRisk()))
                    .setHeader(t("insights.at_risk.churn_risk"))
                    .setAutoWidth(true)
                    .setFlexGrow(0);
            addColumn(c -> Formats.roundMoney(c.expectedValue(), business.currency()))
                    .setHeader(t("insights.at_risk.expected"))
                    .setTextAlign(ColumnTextAlign.END)
                    .setAutoWidth(true)
                    .setFlexGrow(0);
        }
        addColumn(c -> Formats.number(c.orders()))
                .setHeader(t("insights.orders"))
                .setTextAlign(ColumnTextAlign.END)
                .setAutoWidth(true)
                .setFlexGrow(0);
        addColumn(c -> Formats.roundMoney(c.value(), business.currency()))
                .setHeader(t("insights.at_risk.spent"))
                .setTextAlign(ColumnTextAlign.END)
                .setAutoWidth(true)
                .setFlexGrow(0);
        setSelectionMode(SelectionMode.NONE);
        setEmptyStateText(t("insights.at_risk.nobody"));
        addItemClickListener(
                e -> UI.getCurrent().navigate("customers/" + e.getItem().id()));
        card = addComponentColumn(this::card).setHeader(t("insights.at_risk.customer"));
        card.setVisible(false);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        Page page = event.getUI().getPage();
        fit(page.getExtendedClientDetails().getBodyClientWidth());
        resizing = page.addBrowserWindowResizeListener(e -> fit(e.getWidth()));
    }

    @Override
    protected void onDetach(DetachEvent event) {
        if (resizing != null) {
            resizing.remove();
        }
        super.onDetach(event);
    }

    /** Below the width of a tablet each customer is one card instead of a row of columns. */
    private void fit(int width) {
        boolean narrow = width > 0 && width < NARROW;
        getColumns().forEach(column -> column.setVisible((column == card) == narrow));
    }

    private Component card(AtRisk.Customer customer) {
        Div head = new Div(new Anchor("customers/" + customer.id(), customer.name()), risk(customer.churnRisk()));
        head.addClassName("at-risk-card-line");
        Span words = new Span(rhythmWords(customer, Instant.now()));
        Span value = new Span(
                customer.expectedValue() == null
                        ? t("insights.at_risk.card_spent", Formats.roundMoney(customer.value(), business.currency()))
                        : t(
                                "insights.at_risk.card",
                                Formats.roundMoney(customer.expectedValue(), business.currency()),
                                Formats.roundMoney(customer.value(), business.currency())));
        value.addClassName("insights-soft");
        Div box = new Div(head, words, value);
        box.addClassNames("at-risk-card", "insights-person");
        return box;
    }

    private Component person(AtRisk.Customer customer) {
        Anchor name = new Anchor("customers/" + customer.id(), customer.name());
        Div box = new Div(name);
        box.addClassName("insights-person");
        if (customer.email() != null && !customer.email().equals(customer.name())) {
            Span email = new Span(customer.email());
            email.addClassName("insights-soft");
            box.add(email);
        }
        return box;
    }

    private Component rhythm(AtRisk.Customer customer) {
        Span words = new Span(rhythmWords(customer, Instant.now()));
        Span when = new Span(t("insights.at_risk.last_order", Formats.relative(customer.lastOrderAt())));
        when.addClassName("insights-soft");
        when.setTitle(Formats.dateTime(customer.lastOrderAt(), Reader.zone(business.zone())));
        Div box = new Div(words, when);
        box.addClassName("insights-person");
        return box;
    }

    /** "Buys every 23 days, now 41 late". */
    static String rhythmWords(AtRisk.Customer customer, Instant now) {
        if (customer.rhythmDays() == null) {
            return t("insights.rhythm.none");
        }
        long every = Math.max(1, Math.round(customer.rhythmDays()));
        long late = Duration.between(customer.lastOrderAt(), now).toDays() - every;
        return late > 0 ? t("insights.rhythm.late", every, late) : t("insights.rhythm.due", every, -late);
    }

    private static Component risk(@Nullable Double risk) {
        if (risk == null) {
            return new Span(Formats.NONE);
        }
        Tone tone = switch (RiskBand.of(risk)) {
            case LOW -> Tone.GOOD;
            case MIDDLE -> Tone.ATTENTION;
            case HIGH -> Tone.BAD;
        };
        return new StatusBadge(Formats.percent(risk, 0), tone);
    }
}
