package io.perennial.customers.exports;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A list that was taken out of the console.
 *
 * @param by whose work it was
 * @param finishedAt nothing while it runs, and where it broke off
 */
public record DataExport(
        ExportKind kind,
        ExportFormat format,
        long rows,
        String by,
        Instant startedAt,
        @Nullable Instant finishedAt) {}
