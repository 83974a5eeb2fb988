package io.perennial.customers.bulk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deed on many customers and how far it is.
 *
 * @param action its kind, in capitals and underscores; of one that undoes, that of what it undoes
 * @param total how many customers were selected when it began
 * @param done how many were looked at
 * @param changed for how many it made a difference
 * @param problem for {@link BulkState#REFUSED}: why it could not go on and what to do, ready to show
 * @param undoes the job that this one takes back
 */
public record BulkJob(
        long id,
        String action,
        String detail,
        BulkState state,
        long total,
        long done,
        long changed,
        String by,
        @Nullable String problem,
        @Nullable Long undoes,
        Instant queuedAt,
        @Nullable Instant finishedAt) {}
