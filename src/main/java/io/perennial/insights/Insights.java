package io.perennial.insights;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** The figures of the current business: churn, retention, repeat purchase, values, forecasts. */
@Service
public class Insights {

    /** The longest silence that can be chosen, in days. */
    public static final int LONGEST_SILENCE = 1_095;

    private final InsightStore store;
    private final RunLedger ledger;
    private final RecomputationWorker worker;

    Insights(InsightStore store, RunLedger ledger, RecomputationWorker worker) {
        this.store = store;
        this.ledger = ledger;
        this.worker = worker;
    }

    /** Figures and the moment they were computed. */
    public record Latest(InsightSnapshot snapshot, Instant computedAt) {}

    /** The latest figures; empty before the first computation and where there is no valid order. */
    @PreAuthorize("hasAuthority('insight:read')")
    public Optional<Latest> latest() {
        return store.find(CurrentTenant.require()).map(kept -> new Latest(kept.snapshot(), kept.computedAt()));
    }

    /** How the computation stands; empty before the first. */
    @PreAuthorize("hasAuthority('insight:read')")
    public Optional<RunStatus> status() {
        return ledger.find(CurrentTenant.require(), Instant.now());
    }

    /** The models as last fitted. */
    @PreAuthorize("hasAuthority('insight:read')")
    public List<FittedModel> models() {
        return store.fits(CurrentTenant.require());
    }

    /** Asks for fresh figures; they come within moments, or minutes for a very large business. */
    @PreAuthorize("hasAuthority('insight:read')")
    public void recompute() {
        worker.request(CurrentTenant.require());
    }

    /**
     * Sets after how many days of silence a customer counts as lost, and asks for fresh figures.
     *
     * @param days 1 to {@link #LONGEST_SILENCE}, or nothing to have it measured
     */
    @PreAuthorize("hasAuthority('settings:write')")
    public void chooseSilence(@Nullable Integer days) {
        if (days != null && (days < 1 || days > LONGEST_SILENCE)) {
            throw new IllegalArgumentException("Days of silence are 1 to " + LONGEST_SILENCE + ", not " + days);
        }
        TenantId tenant = CurrentTenant.require();
        store.chooseSilence(tenant, days);
        worker.request(tenant);
    }
}
