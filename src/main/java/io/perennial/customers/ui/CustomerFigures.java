package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import io.perennial.customers.CustomerSummary;
import io.perennial.uikit.Formats;
import io.perennial.uikit.MetricTile;
import io.perennial.uikit.Tone;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;

/** A customer's figures at a glance. */
class CustomerFigures extends Div {

    CustomerFigures(CustomerSummary summary, Currency currency, ZoneId zone) {
        addClassName("metric-tiles");
        add(
                new MetricTile(
                        t("customers.figure.orders"),
                        Formats.number(summary.orders()),
                        summary.firstOrderAt() == null
                                ? t("customers.figure.none")
                                : t(
                                        "customers.figure.since",
                                        Formats.date(summary.firstOrderAt()
                                                .atZone(zone)
                                                .toLocalDate()))),
                new MetricTile(
                        t("customers.figure.value"),
                        Formats.roundMoney(summary.value(), currency),
                        t("customers.figure.value_note")),
                new MetricTile(
                        t("customers.figure.average"),
                        Formats.roundMoney(summary.averageOrder(), currency),
                        t("customers.figure.average_note")),
                new MetricTile(
                        t("customers.figure.last"),
                        Formats.relative(summary.lastOrderAt()),
                        Formats.dateTime(summary.lastOrderAt(), zone)),
                rhythm(summary));
    }

    private static MetricTile rhythm(CustomerSummary summary) {
        Long rhythm = summary.rhythmDays();
        Long late = summary.lateDays(Instant.now());
        if (rhythm == null || late == null) {
            return new MetricTile(t("customers.figure.rhythm"), Formats.NONE, t("customers.figure.no_rhythm"));
        }
        return new MetricTile(
                        t("customers.figure.rhythm"),
                        t("customers.figure.every", rhythm),
                        late == 0 ? t("customers.figure.in_time") : t("customers.figure.late", late))
                .withTone(late == 0 ? Tone.GOOD : late > rhythm ? Tone.BAD : Tone.ATTENTION);
    }
}
