package io.perennial.api.web;

import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An import.
 *
 * @param source the file's name
 * @param progress from 0 to 1
 * @param message why it did not end well
 */
record ImportView(
        String id,
        ImportKind kind,
        ImportState state,
        String source,
        boolean dryRun,
        double progress,
        CountsView counts,
        @Nullable String message,
        Instant queuedAt,
        @Nullable Instant finishedAt) {

    static ImportView of(ImportJob job) {
        return new ImportView(
                Long.toString(job.id()),
                job.kind(),
                job.state(),
                job.source(),
                job.dryRun(),
                job.progress(),
                CountsView.of(job.counts()),
                job.message(),
                job.queuedAt(),
                job.finishedAt());
    }

    /** @param customersCreated for orders: customers made for them */
    record CountsView(
            long rows, long created, long updated, long unchanged, long rejected, long skipped, long customersCreated) {

        static CountsView of(ImportCounts counts) {
            return new CountsView(
                    counts.rows(),
                    counts.created(),
                    counts.updated(),
                    counts.unchanged(),
                    counts.rejected(),
                    counts.skipped(),
                    counts.customersCreated());
        }
    }
}
