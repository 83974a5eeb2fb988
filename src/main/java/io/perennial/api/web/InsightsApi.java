package io.perennial.api.web;

import io.perennial.accounts.Permission;
import io.perennial.insights.InsightSnapshot;
import io.perennial.insights.Insights;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The figures of the business. */
@RestController
@RequestMapping(path = ApiSecurity.ROOT + "/insights", produces = "application/json")
class InsightsApi {

    private final Insights insights;

    InsightsApi(Insights insights) {
        this.insights = insights;
    }

    /**
     * Figures as of a day, computed together.
     *
     * @param silenceDays days without an order after which a customer counts as lost
     * @param value net of all valid orders, in the business's currency
     * @param months ascending; the last one is partial
     */
    record InsightsView(
            LocalDate asOf,
            Instant computedAt,
            int buyers,
            long orders,
            int silenceDays,
            double value,
            double medianValue,
            List<MonthView> months) {}

    /**
     * A calendar month.
     *
     * @param month its first day
     * @param net value after refunds
     * @param activeAtStart customers not lost when it began
     * @param lost of those, who were lost in it
     */
    record MonthView(
            LocalDate month,
            boolean partial,
            int orders,
            double net,
            int buyers,
            int acquired,
            int activeAtStart,
            int lost,
            int returned) {}

    @GetMapping
    @Needs(Permission.INSIGHT_READ)
    InsightsView latest() {
        Insights.Latest latest = insights.latest()
                .orElseThrow(() -> Refused.notFound("There are no figures yet: they need orders, and a computation."));
        InsightSnapshot snapshot = latest.snapshot();
        return new InsightsView(
                snapshot.asOf(),
                latest.computedAt(),
                snapshot.buyers(),
                snapshot.orders(),
                snapshot.silence(),
                snapshot.value(),
                snapshot.medianValue(),
                snapshot.months().stream()
                        .map(m -> new MonthView(
                                m.month(),
                                m.partial(),
                                m.orders(),
                                m.net(),
                                m.buyers(),
                                m.acquired(),
                                m.activeAtStart(),
                                m.lost(),
                                m.returned()))
                        .toList());
    }
}
