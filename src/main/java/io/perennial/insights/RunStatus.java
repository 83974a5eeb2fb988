package io.perennial.insights;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the computation of a business's figures stands.
 *
 * @param underWay asked for or being computed
 * @param finishedAt the end of the last one
 * @param failure what kept the last one from ending well, for the log's reader
 */
public record RunStatus(
        boolean underWay,
        @Nullable Instant finishedAt,
        @Nullable String failure) {}
