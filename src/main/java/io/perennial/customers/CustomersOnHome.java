package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.uikit.FirstStep;
import io.perennial.uikit.Formats;
import io.perennial.uikit.HomeCard;
import io.perennial.uikit.HomeContribution;
import io.perennial.uikit.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** What Home says about customers. */
@Component
class CustomersOnHome implements HomeContribution {

    private static final Duration WEEK = Duration.ofDays(7);

    private final Customers customers;

    CustomersOnHome(Customers customers) {
        this.customers = customers;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public List<HomeCard> cards() {
        if (!customers.any()) {
            return List.of();
        }
        Instant now = Instant.now();
        long thisWeek = customers.newSince(now.minus(WEEK));
        long before = customers.newSince(now.minus(WEEK.multipliedBy(2))) - thisWeek;
        return List.of(new HomeCard(
                t("customers.home.new", thisWeek, before),
                Formats.number(thisWeek),
                t("customers.home.new_label"),
                thisWeek >= before ? Tone.GOOD : Tone.NEUTRAL,
                t("customers.home.see"),
                "customers"));
    }

    @Override
    public List<FirstStep> firstSteps() {
        return List.of(new FirstStep(
                t("customers.home.first"),
                t("customers.home.first_why"),
                customers.any(),
                t("customers.import_action"),
                "customers/import"));
    }
}
