package io.perennial.customers.bulk;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.NodeEnd;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.customers.CustomerLists;
import io.perennial.kernel.LastWork;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Runs jobs step by step, two at a time on each node, with the authority of whoever began them. */
@Component
class BulkRuns {

    private static final Logger log = LoggerFactory.getLogger(BulkRuns.class);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration LAST_STEP = Duration.ofSeconds(10);

    private final BulkJobStore store;
    private final NodeEnd node;
    private final ExecutorService workers = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().name("bulk-", 1).daemon().factory());
    private final Map<Long, TenantId> ours = new ConcurrentHashMap<>();

    BulkRuns(BulkJobStore store, NodeEnd node) {
        this.store = store;
        this.node = node;
    }

    /** A job's next step; each is done whole or not at all. */
    interface Steps {

        /** Nothing where no more is to do. */
        Optional<Step> next();
    }

    /** How many were looked at, and for how many it made a difference. */
    record Step(int looked, int changed) {}

    /** What a job does, once its number is known. */
    interface Work {

        /** @param by the name of whoever began it */
        Steps of(TenantId tenant, long job, String by);
    }

    /** Puts a job in the queue, and returns its id at once. */
    long begin(BulkJobStore.Wanted wanted, Work work) {
        TenantId tenant = CurrentTenant.require();
        Authentication person = FreshProof.heldBy(
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication()));
        String by = CurrentStaff.find().map(StaffPrincipal::displayName).orElse(person.getName());
        long id = TimeOrderedIds.next();
        store.add(tenant, id, wanted, by);
        ours.put(id, tenant);
        workers.execute(() -> ActingAs.with(person, tenant, () -> {
            run(tenant, id, work.of(tenant, id, by));
            return id;
        }));
        return id;
    }

    private void run(TenantId tenant, long id, Steps steps) {
        try {
            if (!store.begin(tenant, id)) {
                return; // stopped before its turn
            }
            long done = 0;
            long changed = 0;
            while (true) {
                if (node.isNear()) {
                    store.finish(tenant, id, BulkState.INTERRUPTED);
                    return;
                }
                Optional<Step> step = steps.next();
                if (step.isEmpty()) {
                    store.finish(tenant, id, BulkState.DONE);
                    return;
                }
                done += step.get().looked();
                changed += step.get().changed();
                if (!store.progress(tenant, id, done, changed)) {
                    return;
                }
            }
        } catch (CustomerLists.Refused e) {
            log.info("Bulk job {} was refused: {}", id, e.words());
            store.refuse(tenant, id, e.words());
        } catch (RuntimeException e) {
            log.error("Bulk job {} broke", id, e);
            store.finish(tenant, id, BulkState.FAILED);
        } finally {
            ours.remove(id);
        }
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void beat() {
        ours.forEach((job, tenant) -> store.beat(tenant, job));
        int stale = store.interruptStale(SILENCE);
        if (stale > 0) {
            log.warn("{} bulk jobs were interrupted by the stop of their node", stale);
        }
    }

    @PreDestroy
    void stop() {
        LastWork.end(workers, LAST_STEP);
        ours.forEach((job, tenant) -> store.finish(tenant, job, BulkState.INTERRUPTED));
    }
}
