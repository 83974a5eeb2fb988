package io.perennial.insights;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.insights.metrics.Forecast;
import io.perennial.insights.metrics.ShopHistory;
import io.perennial.insights.model.Fit;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Computes the figures and scores of the current business from its orders and keeps them. */
@Component
class Recomputation {

    private static final Logger log = LoggerFactory.getLogger(Recomputation.class);

    private final Businesses businesses;
    private final OrderHistoryReader orders;
    private final ScoreWriter scores;
    private final InsightStore store;
    private final Clock clock;

    Recomputation(Businesses businesses, OrderHistoryReader orders, ScoreWriter scores, InsightStore store) {
        this.businesses = businesses;
        this.orders = orders;
        this.scores = scores;
        this.store = store;
        this.clock = Clock.systemUTC();
    }

    /** Runs now, on this thread. No transaction spans it: scores go in step by step, the figures at the end. */
    void run() {
        TenantId tenant = CurrentTenant.require();
        Business business = businesses.require(tenant);
        // As the database keeps it, so that "scored before this run" compares equal microseconds.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ShopHistory history = orders.read(tenant, business.zone(), now);
        long read = System.currentTimeMillis();
        if (history.isEmpty()) {
            store.forget(tenant);
            return;
        }
        LocalDate today = LocalDate.ofInstant(now, business.zone());
        SnapshotBuilder.Result result = SnapshotBuilder.build(history, today, store.chosenSilence(tenant));
        long computed = System.currentTimeMillis();
        Forecast forecast = result.forecast();
        scores.write(tenant, history, result.rfm(), forecast.isOpen() ? forecast : null, now);
        keepFit(tenant, forecast.purchases(), result, now);
        keepFit(tenant, forecast.spending(), result, now);
        store.keep(tenant, result.snapshot(), now);
        log.info(
                "Insights of business {}: {} customers, {} purchase days; read {} ms, computed {} ms, written {} ms",
                tenant,
                history.buyers(),
                history.totalPurchaseDays(),
                read - now.toEpochMilli(),
                computed - read,
                System.currentTimeMillis() - computed);
    }

    private void keepFit(TenantId tenant, @Nullable Fit<?> fit, SnapshotBuilder.Result result, Instant at) {
        if (fit != null) {
            boolean ofPurchases = fit == result.forecast().purchases();
            store.keepFit(tenant, fit, ofPurchases ? result.snapshot().backTest() : null, at);
        }
    }
}
