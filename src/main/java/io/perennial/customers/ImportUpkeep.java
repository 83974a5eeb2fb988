package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks after imports that nobody looks at: those of nodes that stopped, those left alone, and what is left of others. */
@Component
class ImportUpkeep {

    private static final Logger log = LoggerFactory.getLogger(ImportUpkeep.class);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration FORGOTTEN = Duration.ofDays(7);

    private final ImportJobStore store;
    private final ImportJobFiles files;
    private final ImportRuns runs;
    private final RejectedStore rejected;

    ImportUpkeep(ImportJobStore store, ImportJobFiles files, ImportRuns runs, RejectedStore rejected) {
        this.store = store;
        this.files = files;
        this.runs = runs;
        this.rejected = rejected;
    }

    /** This node's imports are worked on; those of a silent node are not. */
    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void beat() {
        runs.beat();
        int stale = store.interruptStale(SILENCE, t("customers.import.interrupted"));
        if (stale > 0) {
            log.warn("{} imports were interrupted by the stop of their node", stale);
        }
    }

    /** What a check left out is kept for a day, as its file is. */
    @Scheduled(initialDelay = 40, fixedDelay = 3600, timeUnit = TimeUnit.SECONDS)
    void tidy() {
        int pieces = rejected.dropOfChecks(KEPT);
        if (pieces > 0) {
            log.info("Deleted {} pieces of rows that checks of files had left out", pieces);
        }
    }

    /** Files of imports that are over, or that nobody went on with for a week. */
    @Scheduled(initialDelay = 50, fixedDelay = 3600, timeUnit = TimeUnit.SECONDS)
    void tidyFiles() {
        int forgotten = store.cancelForgotten(FORGOTTEN);
        if (forgotten > 0) {
            log.info("Cancelled {} imports that nobody went on with for {} days", forgotten, FORGOTTEN.toDays());
        }
        files.sweep((tenant, job) -> !runs.has(job) && store.isOverForGood(tenant, job));
    }
}
