package io.perennial.customers.bulk;

import java.util.List;

/** The customers of a job, at most {@link BulkWork#PIECE} at a time, so that they are never whole in memory. */
interface Pieces {

    /** The next; empty where no more are left. */
    List<Long> next();
}
