package io.perennial.customers;

import io.micrometer.core.instrument.Metrics;

/** Counts the rows of imports on this node by what became of them, chunk by chunk once it is committed. */
class ImportMeters {

    private static final String NAME = "perennial.import.rows";

    private ImportCounts counted;
    private ImportCounts reached;

    /** @param before of earlier attempts at the same import */
    ImportMeters(ImportCounts before) {
        this.counted = before;
        this.reached = before;
    }

    void soFar(ImportCounts counts) {
        reached = counts;
    }

    void committed() {
        count("created", reached.created() - counted.created());
        count("updated", reached.updated() - counted.updated());
        count("unchanged", reached.unchanged() - counted.unchanged());
        count("skipped", reached.skipped() - counted.skipped());
        count("rejected", reached.rejected() - counted.rejected());
        counted = reached;
    }

    private static void count(String outcome, long rows) {
        if (rows > 0) {
            Metrics.counter(NAME, "outcome", outcome).increment((double) rows);
        }
    }
}
